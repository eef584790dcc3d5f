using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using NodaTime;

namespace Ledger.Domain.Tests.Agreements;

/// <summary>
/// Every agreement file that comes with the product, as a lawyer and a reader of each of its languages would want it.
/// </summary>
public sealed class ShippedAgreements
{
    /// <summary>UTF-8 bytes; an entry has 64 KiB for everything, the file and what stands around it.</summary>
    private const int LargestJson = 60_000;

    public static TheoryData<string, string> All() =>
        [
            .. from path in Directory.EnumerateFiles(
                Path.Combine(Files.Root, "agreements"),
                "*.yaml",
                SearchOption.AllDirectories
            )
            where !path.EndsWith(".scenarios.yaml", StringComparison.Ordinal)
            orderby path
            select (Path.GetFileName(Path.GetDirectoryName(path))!, Path.GetFileName(path)),
        ];

    [Fact]
    public void Are_at_least_these() =>
        All()
            .Select(row => row.Data.Item1)
            .Distinct()
            .Should()
            .Contain(
                "idlib-2018",
                "idlib-2020",
                "hodeidah-2018",
                "colombia-2016",
                "gaza-2025",
                "cfe-1990",
                "minsk-2015"
            );

    [Theory]
    [MemberData(nameof(All))]
    public void Are_read_and_lie_in_the_folder_of_their_ledger(string folder, string file) =>
        Read(folder, file).Agreement.Id.Should().Be(folder);

    [Theory]
    [MemberData(nameof(All))]
    public void Say_where_the_text_is_published(string folder, string file) =>
        Read(folder, file).Agreement.Published.Should().NotBeEmpty();

    [Theory]
    [MemberData(nameof(All))]
    public void Keep_words_and_reading_apart_in_every_provision_and_name_whose_duty_it_is(string folder, string file) =>
        Read(folder, file)
            .Agreement.Provisions.Should()
            .OnlyContain(p => p.Words != null && p.Reading != null && p.Words != p.Reading && p.Duty.Length > 0);

    [Theory]
    [MemberData(nameof(All))]
    public void Have_every_label_in_every_language_of_the_file(string folder, string file)
    {
        var agreement = Read(folder, file).Agreement;

        var incomplete = Labelled(agreement)
            .Where(l => !agreement.Languages.All(language => l.Labels.ByLanguage.ContainsKey(language)))
            .Select(l => l.Of);

        incomplete.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Say_of_every_zone_who_drew_it_and_how_sure_that_is(string folder, string file) =>
        Read(folder, file).Agreement.Zones.Where(zone => zone.Source == null).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(All))]
    public void Bind_every_signatory(string folder, string file)
    {
        var agreement = Read(folder, file).Agreement;

        agreement
            .Parties.Where(p => p.Signatory)
            .Select(p => p.Id)
            .Should()
            .BeSubsetOf(agreement.Provisions.SelectMany(p => p.Duty));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Fit_into_an_entry(string folder, string file) =>
        Encoding.UTF8.GetByteCount(Read(folder, file).Json.ToJsonString(Unescaped)).Should().BeLessThan(LargestJson);

    [Theory]
    [MemberData(nameof(All))]
    public void Can_be_adopted_by_an_empty_ledger(string folder, string file)
    {
        var read = Read(folder, file);
        var data = new JsonObject
        {
            ["entryId"] = "01900000-0000-7000-8000-000000000001",
            ["file"] = read.Json.DeepClone(),
            ["sourceSha256"] = read.SourceSha256,
        };
        var adopted = EventReader.Read("agreement_adopted", data, read.Agreement.TimeZone).Required();

        EntryDecider
            .Decide(adopted, new LedgerState { RecordedAt = Instant.FromUtc(2026, 1, 1, 0, 0), Find = _ => null })
            .Should()
            .BeOfType<Decision.Accepted>();
    }

    private static readonly JsonSerializerOptions Unescaped = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static AgreementFile Read(string folder, string file) => Files.ParseAgreement(folder, file).Required();

    private static IEnumerable<(string Of, Labels Labels)> Labelled(Agreement agreement) =>
        [
            ("title", agreement.Title),
            .. agreement.Parties.Select(p => ($"party {p.Id}", p.Name)),
            .. agreement.Zones.Select(z => ($"zone {z.Id}", z.Name)),
            .. agreement.Adjudicators.Select(a => ($"adjudicator {a.Id}", a.Name)),
            .. agreement.Codebook.Kinds.Select(k => ($"kind {k.Key}", k.Value)),
            .. agreement.Codebook.Quantities.Select(q => ($"quantity {q.Key}", q.Value)),
            .. agreement.Codebook.Attributes.Select(a => ($"attribute {a.Key}", a.Value.Label)),
            .. agreement.Codebook.Attributes.SelectMany(a =>
                a.Value.Values.Select(v => ($"value {a.Key} {v.Key}", v.Value))
            ),
            .. agreement.Provisions.Select(p => ($"provision {p.Id}", p.Title)),
        ];
}
