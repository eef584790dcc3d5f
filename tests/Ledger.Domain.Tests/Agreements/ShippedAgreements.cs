using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;

namespace Ledger.Domain.Tests.Agreements;

/// <summary>Every agreement file that comes with the product, as a lawyer and a reader of each of its languages would want it.</summary>
public sealed class ShippedAgreements
{
    /// <summary>UTF-8 bytes; an entry has 64 KiB for everything, the file and what stands around it.</summary>
    private const int LargestJson = 60_000;

    public static TheoryData<string, string> All() =>
        [.. from path in Directory.EnumerateFiles(Path.Combine(Files.Root, "agreements"), "*.yaml", SearchOption.AllDirectories)
            where !path.EndsWith(".scenarios.yaml", StringComparison.Ordinal)
            orderby path
            select (Path.GetFileName(Path.GetDirectoryName(path))!, Path.GetFileName(path))];

    [Fact]
    public void Are_at_least_these() =>
        All().Select(row => row.Data.Item1).Distinct().Should().Contain("idlib-2018", "idlib-2020", "hodeidah-2018", "colombia-2016");

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
        Read(folder, file).Agreement.Provisions.Should().OnlyContain(p => p.Words != null && p.Reading != null && p.Words != p.Reading && p.Duty.Length > 0);

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
        Read(folder, file).Agreement.Zones.Should().OnlyContain(z => z.Source != null);

    [Theory]
    [MemberData(nameof(All))]
    public void Bind_every_signatory(string folder, string file)
    {
        var agreement = Read(folder, file).Agreement;

        agreement.Parties.Where(p => p.Signatory).Select(p => p.Id).Should().BeSubsetOf(agreement.Provisions.SelectMany(p => p.Duty));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Fit_into_an_entry(string folder, string file) =>
        Encoding.UTF8.GetByteCount(Read(folder, file).Json.ToJsonString(Unescaped)).Should().BeLessThan(LargestJson);

    [Fact]
    public void Show_together_every_feature_of_the_format()
    {
        var agreements = All().Select(row => Read(row.Data.Item1, row.Data.Item2).Agreement).ToList();
        var provisions = agreements.SelectMany(a => a.Provisions).ToList();
        var achieve = provisions.Select(p => p.Rule).OfType<Rule.Achieve>().ToList();
        var patterns = provisions.SelectMany(p => p.Patterns).ToList();

        provisions.Select(p => p.Rule.Kind).Distinct().Should().BeEquivalentTo("achieve", "forbid", "maintain", "recur", "judged");
        new Dictionary<string, bool>
        {
            ["by"] = achieve.Exists(r => r.By is not null),
            ["trigger and within"] = achieve.Exists(r => r is { Trigger: not null, Within: not null }),
            ["total"] = achieve.Exists(r => r.Total is not null),
            ["lateCures"] = achieve.Exists(r => r.LateCures),
            ["quietPeriod"] = provisions.Exists(p => p.Rule is Rule.Forbid { QuietPeriod: not null }),
            ["required absent"] = provisions.Exists(p => p.Rule is Rule.Maintain { Required: Presence.Absent }),
            ["required present, with subjects"] = provisions.Exists(p => p.Rule is Rule.Maintain { Required: Presence.Present, Subjects.Length: > 0 }),
            ["judged by an adjudicator"] = provisions.Exists(p => p.Rule is Rule.Judged { Adjudicator: not null }),
            ["activatedBy"] = provisions.Exists(p => p.ActivatedBy is not null),
            ["requiresZone"] = provisions.Exists(p => p.RequiresZone is not null),
            ["coverage"] = provisions.Exists(p => p.CoverageRequired),
            ["dayEnds at the start"] = provisions.Exists(p => p.DayEnds == Domain.Time.DayEnds.Start),
            ["subject"] = patterns.Exists(p => p.Subject is not null),
            ["unless"] = patterns.Exists(p => p.Unless.Length > 0),
            ["atLeast"] = patterns.Exists(p => p.AtLeast.Count > 0),
            ["members for a time"] = agreements.Exists(a => a.Parties.Any(p => p.Members.Any(m => m.Until is not null))),
            ["boundBy"] = agreements.Exists(a => a.Parties.Any(p => p.BoundBy.Length > 0)),
            ["lenses by source"] = agreements.Exists(a => a.Lenses.Values.Any(l => l.Sources is not null)),
            ["a lens by another reading"] = agreements.Exists(a => a.Lenses.Values.Any(l => l.Reading is not null)),
            ["a zone without a line"] = agreements.Exists(a => a.Zones.Any(z => z.Shape is null)),
            ["a threshold above alleged"] = agreements.Exists(a => a.Evidence.Threshold > Domain.Reports.Level.Alleged),
        }.Where(feature => !feature.Value).Should().BeEmpty();
    }

    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
        .. agreement.Codebook.Attributes.SelectMany(a => a.Value.Values.Select(v => ($"value {a.Key} {v.Key}", v.Value))),
        .. agreement.Provisions.Select(p => ($"provision {p.Id}", p.Title)),
    ];
}
