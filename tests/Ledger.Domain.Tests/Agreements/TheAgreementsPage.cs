using System.Collections.Frozen;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;

namespace Ledger.Domain.Tests.Agreements;

/// <summary>
/// docs/agreements.md says which shipped file shows which part of the format; here it is held to that.
/// </summary>
public sealed class TheAgreementsPage
{
    private static readonly FrozenDictionary<string, Func<Provision, bool>> PartsOfAProvision = new Dictionary<
        string,
        Func<Provision, bool>
    >
    {
        ["achieve, by"] = p => p.Rule is Rule.Achieve { By: not null },
        ["achieve, trigger and within"] = p => p.Rule is Rule.Achieve { Trigger: not null, Within: not null },
        ["achieve, total"] = p => p.Rule is Rule.Achieve { Total: not null },
        ["achieve, lateCures"] = p => p.Rule is Rule.Achieve { LateCures: true },
        ["forbid"] = p => p.Rule is Rule.Forbid { QuietPeriod: null },
        ["forbid, quietPeriod"] = p => p.Rule is Rule.Forbid { QuietPeriod: not null },
        ["maintain, absent"] = p => p.Rule is Rule.Maintain { Required: Presence.Absent },
        ["maintain, present with subjects"] = p =>
            p.Rule is Rule.Maintain { Required: Presence.Present, Subjects.Length: > 0 },
        ["recur"] = p => p.Rule is Rule.Recur,
        ["recur, each and total"] = p => p.Rule is Rule.Periodic { Totals.Length: > 0 },
        ["limit"] = p => p.Rule is Rule.Limit { AtMost: not null },
        ["judged"] = p => p.Rule is Rule.Judged { Adjudicator: null },
        ["judged, adjudicator"] = p => p.Rule is Rule.Judged { Adjudicator: not null },
        ["dayEnds: start"] = p => p.DayEnds == DayEnds.Start,
        ["requiresZone"] = p => p.RequiresZone is not null,
        ["activatedBy"] = p => p.ActivatedBy is not null,
        ["when"] = p => p.When is Proviso.Stands { Lasts: false },
        ["when, all and became"] = p => p.When is Proviso.All all && all.Provisions.Any(stands => stands.Lasts),
        ["achieve, trigger by a condition"] = p => p.Rule is Rule.Achieve { After: not null, Within: not null },
        ["coverage: required"] = p => p.CoverageRequired,
        ["pattern, zones"] = p => p.Patterns.Any(pattern => pattern.Zones.Length > 0),
        ["pattern, subject"] = p => p.Patterns.Any(pattern => pattern.Subject is not null),
        ["pattern, atLeast"] = p => p.Patterns.Any(pattern => pattern.AtLeast.Count > 0),
        ["pattern, unless"] = p => p.Patterns.Any(pattern => pattern.Unless.Length > 0),
        ["pattern, actors against"] = p =>
            p.Patterns.Any(pattern => pattern.Actors.Any(actor => actor.Role == ActorRole.Against)),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Func<Agreement, string, bool>> PartsOfAFile = new Dictionary<
        string,
        Func<Agreement, string, bool>
    >
    {
        ["from"] = (a, id) => a.Provision(id) is { } provision && provision.From != a.InForce,
        ["party, members"] = (a, id) => a.Party(id)?.Members.Length > 0,
        ["party, members for a time"] = (a, id) =>
            a.Party(id)?.Members.Any(m => m.From is not null || m.Until is not null) == true,
        ["party, boundBy"] = (a, id) => a.Party(id)?.BoundBy.Length > 0,
        ["zone with inner and outer geometry"] = (a, id) =>
            a.Zone(id)?.Shape is { } shape && shape.Inner != shape.Outer,
        ["zone without a line"] = (a, id) => a.Zone(id) is { Shape: null },
        ["lens by threshold and match"] = (a, id) =>
            a.Lenses.GetValueOrDefault(id) is { Threshold: not null, Match: not null },
        ["lens by reading"] = (a, id) => a.Lenses.GetValueOrDefault(id)?.Reading is not null,
        ["lens by sources, only"] = (a, id) => a.Lenses.GetValueOrDefault(id)?.Sources is { Only: true },
        ["lens by sources, not"] = (a, id) => a.Lenses.GetValueOrDefault(id)?.Sources is { Only: false },
    }.ToFrozenDictionary();

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Files.Root, "docs", "agreements.md"));

    /// <summary>
    /// A part, the agreement's id and the id within it, for every cell of the page's last two tables.
    /// </summary>
    public static TheoryData<string, string, string> Claims() =>
        [
            .. from row in Lines
                .SkipWhile(line => !line.StartsWith("## Which file shows", StringComparison.Ordinal))
                .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            let cells = row.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            where cells[1] != "shown by"
            from claim in cells[1].Split(", ")
            let names = claim.Split(' ')
            select (cells[0], names[0], names[1]),
        ];

    [Theory]
    [MemberData(nameof(Claims))]
    public void Names_a_place_that_shows_the_part(string part, string agreement, string id) =>
        Versions(agreement).Should().Contain(a => Shows(a, part, id));

    [Fact]
    public void Leaves_out_no_part() =>
        Claims()
            .Select(claim => claim.Data.Item1)
            .Distinct()
            .Should()
            .BeEquivalentTo(PartsOfAProvision.Keys.Concat(PartsOfAFile.Keys));

    [Fact]
    public void Introduces_every_agreement() =>
        Directory
            .EnumerateDirectories(Path.Combine(Files.Root, "agreements"))
            .Select(Path.GetFileName)
            .Should()
            .OnlyContain(id => Lines.Any(line => line.StartsWith($"## {id}:", StringComparison.Ordinal)));

    private static bool Shows(Agreement agreement, string part, string id) =>
        PartsOfAFile.TryGetValue(part, out var ofTheFile)
            ? ofTheFile(agreement, id)
            : agreement.Provision(id) is { } provision && PartsOfAProvision[part](provision);

    private static IEnumerable<Agreement> Versions(string agreement) =>
        ShippedAgreements
            .All()
            .Select(row => row.Data)
            .Where(file => file.Item1 == agreement)
            .Select(file => Files.ParseAgreement(file.Item1, file.Item2).Required().Agreement);
}
