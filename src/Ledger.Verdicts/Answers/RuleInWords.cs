using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;

namespace Ledger.Verdicts.Answers;

/// <summary>
/// Says the rule of a provision from its data, part by part, so that a reading that says something else is seen beside it.
/// </summary>
public static class RuleInWords
{
    public static ImmutableArray<string> Of(Agreement agreement, Provision provision) =>
        [.. Sentences(agreement, provision).Concat(Time(provision)).Concat(Conditions(agreement, provision))];

    private static IEnumerable<string> Sentences(Agreement agreement, Provision provision) =>
        provision.Rule.Sentences(
            new RuleTerms(
                pattern => PatternOf(agreement, pattern),
                day =>
                    provision.DayEnds == DayEnds.End
                        ? $"by {English.Day(day)}, that day included"
                        : $"before {English.Day(day)} begins",
                quantity => Label(agreement.Codebook.Quantities, quantity),
                id => agreement.Adjudicators.FirstOrDefault(a => a.Id == id)?.Name.In("en") ?? id,
                provision.DayEnds
            )
        );

    private static IEnumerable<string> Time(Provision provision)
    {
        var until = provision.Until is { } end ? $" to {English.Day(end)}, that day excluded" : "";
        yield return provision.ActivatedBy is { } other
            ? $"In force from the first breach of {other} on, at the earliest from {English.Day(provision.From)}{until}."
            : $"In force from {English.Day(provision.From)}{until}.";
    }

    private static IEnumerable<string> Conditions(Agreement agreement, Provision provision)
    {
        if (provision.When is { } when)
            yield return $"It binds only while {when.Words}.";
        if (provision.RequiresZone is { } zone)
            yield return $"Unknown while {ZoneOf(agreement, zone)} has no line.";
        if (provision.CoverageRequired)
            yield return "It holds only while somebody is recorded as watching.";
    }

    private static string PatternOf(Agreement agreement, Pattern pattern)
    {
        var kinds = pattern.Kinds.IsEmpty
            ? "any happening"
            : Either(pattern.Kinds.Select(kind => Label(agreement.Codebook.Kinds, kind)));
        return $"{kinds}{string.Concat(Parts(agreement, pattern).Select(part => $", {part}"))}{Exceptions(agreement, pattern)}";
    }

    private static IEnumerable<string> Parts(Agreement agreement, Pattern pattern)
    {
        foreach (var actors in pattern.Actors)
            yield return $"{Word(actors.Role)} {Either(actors.AnyOf.Select(party => agreement.Party(party)?.Name.In("en") ?? party))}";
        if (!pattern.Zones.IsEmpty)
            yield return $"in {Either(pattern.Zones.Select(zone => ZoneOf(agreement, zone)))}";
        if (pattern.Subject is { } subject)
            yield return $"about {subject}";
        foreach (var (attribute, values) in pattern.Attributes)
        {
            var code = agreement.Codebook.Attributes.GetValueOrDefault(attribute);
            yield return $"with {code?.Label.In("en") ?? attribute}: {Either(values.Select(value => code?.Values.GetValueOrDefault(value)?.In("en") ?? value))}";
        }

        foreach (var (quantity, least) in pattern.AtLeast)
            yield return $"with at least {least} {Label(agreement.Codebook.Quantities, quantity)}";
    }

    private static string Exceptions(Agreement agreement, Pattern pattern) =>
        pattern.Unless.IsEmpty
            ? ""
            : $" (except {string.Join("; or ", pattern.Unless.Select(exception => PatternOf(agreement, exception)))})";

    private static string Word(ActorRole? role) =>
        role switch
        {
            ActorRole.By => "by",
            ActorRole.Against => "against",
            ActorRole.Observed => "observed with",
            _ => "involving",
        };

    private static string ZoneOf(Agreement agreement, string zone) => agreement.Zone(zone)?.Name.In("en") ?? zone;

    private static string Label(ImmutableSortedDictionary<string, Labels> labels, string code) =>
        labels.GetValueOrDefault(code)?.In("en") ?? code;

    private static string Either(IEnumerable<string> words) =>
        words.ToArray() switch
        {
            [var one] => one,
            [.. var more, var last] => $"{string.Join(", ", more)} or {last}",
            _ => "",
        };
}
