using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using NodaTime;

namespace Ledger.Domain.Tests.Agreements;

/// <summary>The dated claims that come with the product are what their sources say, and all of them.</summary>
public sealed class TheDemonstration
{
    private static readonly IReadOnlyList<(string Type, JsonObject Data)> Lines =
    [
        .. File.ReadLines(Files.Agreement("idlib-2018", "entries.jsonl"))
            .Select(line => JsonInput.Parse(line).Required())
            .Select(line => (line["type"]!.GetValue<string>(), line["data"]!.AsObject())),
    ];

    [Fact]
    public void Is_accepted_line_by_line()
    {
        var known = new Dictionary<Guid, Entry>();
        var state = new LedgerState
        {
            RecordedAt = Instant.FromUtc(2026, 1, 1, 0, 0),
            Find = id => known.GetValueOrDefault(id),
        };
        foreach (var (type, data) in Lines)
        {
            var decided = EntryDecider.Decide(
                EventReader.Read(type, WithFile(data), DateTimeZoneProviders.Tzdb["Asia/Damascus"]).Required(),
                state
            );
            var accepted = decided.Should().BeOfType<Decision.Accepted>(data.ToJsonString()).Subject.Event;
            known.Add(accepted.EntryId, new Entry(known.Count + 1, state.RecordedAt, accepted));
            state = state.After(accepted);
        }

        state.Readings.Select(r => r.Version).Should().Equal("announced", "signed");
    }

    [Fact]
    public void Is_filed_in_the_order_in_which_it_was_said()
    {
        var said = Lines.Skip(1).Select(line => line.Data["saidAt"]!.GetValue<string>());

        said.Should().BeInAscendingOrder(StringComparer.Ordinal);
    }

    [Fact]
    public void Names_a_source_for_every_line() =>
        Lines
            .Skip(1)
            .Where(line =>
                line.Type is "report_filed" or "statement_recorded" or "party_responded" or "report_assessed"
            )
            .Select(line => line.Data["origin"] ?? line.Data["report"]?["origin"])
            .Should()
            .OnlyContain(origin => origin != null && origin["record"] != null);

    [Fact]
    public void Holds_every_claim_and_every_bulletin_of_the_data_set()
    {
        var data = Path.Combine(Files.Root, "..", "shared", "data", "idlib");
        Assert.SkipUnless(Directory.Exists(data), "The data set of claims is not beside this checkout.");
        var text = string.Join('\n', Lines.Select(line => line.Data.ToJsonString()));

        // The agreement itself is claim C005; each other claim names its id as the origin's record.
        foreach (var claim in File.ReadLines(Path.Combine(data, "claims.csv")).Skip(1).Select(row => row.Split(',')[0]))
            text.Should().Contain(claim);
        foreach (
            var bulletin in File.ReadLines(Path.Combine(data, "joint-commission-bulletins.csv"))
                .Skip(1)
                .Select(row => row.Split(','))
        )
        {
            Count(bulletin[0], "russia").Should().Be(Number(bulletin[1]));
            Count(bulletin[0], "turkey").Should().Be(Number(bulletin[6]));
        }
    }

    private static int? Number(string text) => text.Length == 0 ? null : int.Parse(text);

    private static int? Count(string day, string side) =>
        Lines
            .Where(line =>
                line.Data["report"]
                    ?["origin"]?["record"]?.GetValue<string>()
                    .StartsWith($"{day} / {side}", StringComparison.Ordinal) == true
            )
            .Select(line => (int?)line.Data["report"]!["quantities"]!["violations"]!.GetValue<int>())
            .SingleOrDefault();

    private static JsonObject WithFile(JsonObject data)
    {
        var copy = data.DeepClone().AsObject();
        if (copy["file"] is JsonValue name)
        {
            var file = Files.ParseAgreement("idlib-2018", name.GetValue<string>()).Required();
            copy["file"] = file.Json.DeepClone();
            copy["sourceSha256"] = file.SourceSha256;
        }

        return copy;
    }
}
