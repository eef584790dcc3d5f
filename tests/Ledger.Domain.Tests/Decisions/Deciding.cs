using System.Text.Json.Nodes;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Tests.Agreements;
using Ledger.Domain.Tests.Entries;
using NodaTime;

namespace Ledger.Domain.Tests.Decisions;

public sealed class Deciding
{
    private static readonly Instant Now = Instant.FromUtc(2020, 4, 1, 12, 0);

    private static readonly Guid Report = Guid.Parse("01922b7e-4a00-7c3e-9f10-2b6d1c7a9e56");

    private static readonly Guid OtherReport = Guid.Parse("01922b7e-4a00-7c3e-9f10-2b6d1c7a9e57");

    private static readonly Guid Question = Guid.Parse("01922b7e-4a00-7c3e-9f10-2b6d1c7a9e67");
    private static readonly Guid Request = Guid.Parse("01922b7e-4a00-7c3e-9f10-2b6d1c7a9e66");

    [Theory]
    [MemberData(nameof(EventsOnTheWire.OneOfEach), MemberType = typeof(EventsOnTheWire))]
    public void Nothing_but_an_adoption_comes_first(string type, string json)
    {
        var decision = EntryDecider.Decide(Read(type, json), new LedgerState { RecordedAt = Now, Find = _ => null });

        if (type == "agreement_adopted")
            decision.Should().BeOfType<Decision.Accepted>();
        else
            decision.Should().BeOfType<Decision.Refused>().Which.Code.Should().Be("agreement/not-adopted");
    }

    [Theory]
    [MemberData(nameof(EventsOnTheWire.OneOfEach), MemberType = typeof(EventsOnTheWire))]
    public void What_names_only_what_exists_is_accepted(string type, string json)
    {
        var proposed = type switch
        {
            "erasure_confirmed" => Read(
                type,
                json.Replace(Report.ToString(), Request.ToString(), StringComparison.Ordinal)
            ),
            "question_answered" => Read(
                type,
                json.Replace(Report.ToString(), Question.ToString(), StringComparison.Ordinal)
            ),
            "agreement_revised" => Read(
                type,
                json.Replace("\"version\":\"v1\"", "\"version\":\"v2\"", StringComparison.Ordinal)
            ),
            _ => Read(type, json),
        };

        var decision = EntryDecider.Decide(proposed, Adopted());

        if (type == "agreement_adopted")
            decision.Should().BeOfType<Decision.Refused>().Which.Code.Should().Be("agreement/already-adopted");
        else
            decision.Should().Be(new Decision.Accepted(proposed));
    }

    [Theory]
    [MemberData(nameof(EventsOnTheWire.OneOfEach), MemberType = typeof(EventsOnTheWire))]
    public void Whatever_is_referred_to_must_exist(string type, string json)
    {
        var proposed = Read(type, json);
        var missing = Adopted() with { Find = _ => null };

        if (!EntryDecider.References(proposed).IsEmpty)
            EntryDecider
                .Decide(proposed, missing)
                .Should()
                .BeOfType<Decision.Refused>()
                .Which.Code.Should()
                .Be("entry/not-found");
    }

    [Theory]
    [InlineData("kind", "\"kind\":\"bombing\"", "\"kind\":\"bombng\"", "agreement/unknown-kind", "/report/kind")]
    [InlineData(
        "attribute",
        "\"cargo\":\"arms\"",
        "\"cargo\":\"gold\"",
        "agreement/unknown-value",
        "/report/attributes/cargo"
    )]
    [InlineData(
        "attribute",
        "\"cargo\":\"arms\"",
        "\"colour\":\"red\"",
        "agreement/unknown-attribute",
        "/report/attributes/colour"
    )]
    [InlineData("quantity", "\"weapons\":{", "\"ships\":{", "agreement/unknown-quantity", "/report/quantities/ships")]
    [InlineData("zone", "\"zone\":\"quay\"", "\"zone\":\"pier\"", "agreement/unknown-zone", "/report/place/zone")]
    [InlineData(
        "party",
        "\"party\":\"south\"",
        "\"party\":\"east\"",
        "agreement/unknown-party",
        "/report/source/party"
    )]
    [InlineData(
        "day",
        "\"occurred\":\"2020-03-01\"",
        "\"occurred\":\"2021-03-01\"",
        "report/occurs-in-the-future",
        "/report/occurred"
    )]
    [InlineData("said", "\"saidAt\":\"2020-03-02\"", "\"saidAt\":\"2021-03-02\"", "time/said-in-the-future", "/saidAt")]
    public void A_report_uses_the_words_of_the_codebook_and_times_that_can_be(
        string what,
        string right,
        string wrong,
        string code,
        string pointer
    )
    {
        var json = EventsOnTheWire
            .OneOfEach.Single(row => row.Data.Item1 == "report_filed")
            .Data.Item2.Replace(right, wrong, StringComparison.Ordinal);

        var refused = EntryDecider
            .Decide(Read("report_filed", json), Adopted())
            .Should()
            .BeOfType<Decision.Refused>(what)
            .Subject;

        (refused.Code, refused.Pointer).Should().Be((code, pointer));
    }

    [Fact]
    public void The_adoption_cannot_be_retracted()
    {
        var adoption = new Entry(
            1,
            Now,
            new AgreementAdopted
            {
                EntryId = Guid.Parse("01922b7e-4a00-7c3e-9f10-2b6d1c7a9e99"),
                File = Some.File.Json,
                SourceSha256 = Some.File.SourceSha256,
            }
        );
        var proposed = new EntryRetracted
        {
            EntryId = Guid.Parse("01922b7e-4a00-7c3e-9f10-2b6d1c7a9e98"),
            Target = adoption.Id,
            Reason = "All void",
        };

        EntryDecider
            .Decide(proposed, Adopted() with { Find = _ => adoption })
            .Should()
            .BeOfType<Decision.Refused>()
            .Which.Code.Should()
            .Be("entry/not-retractable");
    }

    [Fact]
    public void A_version_is_named_once()
    {
        var revision = new AgreementRevised
        {
            EntryId = Guid.Parse("01922b7e-4a00-7c3e-9f10-2b6d1c7a9e97"),
            File = Some.File.Json,
            SourceSha256 = Some.File.SourceSha256,
            AppliesFrom = new LocalDate(2020, 2, 1),
            Reason = "Again",
        };

        EntryDecider
            .Decide(revision, Adopted())
            .Should()
            .BeOfType<Decision.Refused>()
            .Which.Code.Should()
            .Be("agreement/version-used");
    }

    [Fact]
    public void A_finding_needs_a_report_and_not_another_finding()
    {
        var assessment = Read(
            "report_assessed",
            EventsOnTheWire.OneOfEach.Single(row => row.Data.Item1 == "report_assessed").Data.Item2
        );

        EntryDecider
            .Decide(assessment, Adopted() with { Find = _ => new Entry(3, Now, assessment) })
            .Should()
            .BeOfType<Decision.Refused>()
            .Which.Code.Should()
            .Be("entry/wrong-type");
    }

    private static LedgerEvent Read(string type, string json) =>
        EventReader.Read(type, JsonNode.Parse(json)!, DateTimeZoneProviders.Tzdb["Asia/Damascus"]).Required();

    private static LedgerState Adopted()
    {
        var filed = (ReportFiled)Read(
            "report_filed",
            EventsOnTheWire.OneOfEach.Single(row => row.Data.Item1 == "report_filed").Data.Item2
        );
        var requested = (ErasureRequested)Read(
            "erasure_requested",
            EventsOnTheWire.OneOfEach.Single(row => row.Data.Item1 == "erasure_requested").Data.Item2
        );
        var entries = new[]
        {
            new Entry(2, Now, filed with { EntryId = Report }),
            new Entry(3, Now, filed with { EntryId = OtherReport }),
            new Entry(4, Now, requested with { EntryId = Request }),
            new Entry(
                5,
                Now,
                new ReportSentBack
                {
                    EntryId = Question,
                    Target = Report,
                    Question = "Which quay?",
                }
            ),
        };
        return new LedgerState
        {
            Readings = [Some.Agreement],
            RecordedAt = Now,
            Find = id => entries.FirstOrDefault(e => e.Id == id),
        };
    }
}
