using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;
using Ledger.Verdicts.Matching;
using Ledger.Verdicts.Rules;

namespace Ledger.Verdicts.Explaining;

/// <summary>Finds the facts that fail by exactly one condition. A fact of another kind is no near miss.</summary>
internal sealed class NearMisses(Evaluation evaluation, IRuleEvaluator rule, Outcome outcome, long asOf)
{
    /// <summary>
    /// Of the latest facts that happened by then: whoever asks about one verdict cannot wait for a million places to be
    /// measured.
    /// </summary>
    private const int MostExamined = 5_000;

    public IEnumerable<(Role Role, Condition Failed, string Words, Fact Fact)> Find() =>
        from part in rule.Parts()
        from fact in evaluation.Latest(part.Pattern.Kinds, asOf, MostExamined)
        let failures = Failures(part.Pattern, part.Standard, fact)
            .Concat(rule.TimeFailures(part.Role, part.Standard, fact, outcome))
            .Take(2)
            .ToList()
        where failures.Count == 1
        select (part.Role, failures[0].Condition, failures[0].Words, fact);

    private IEnumerable<Failure> Failures(Pattern pattern, EvidenceStandard standard, Fact fact)
    {
        if (!fact.Level.Meets(standard.Threshold))
            yield return new Failure(
                Condition.Level,
                $"it is {English.Word(fact.Level)}, below the threshold {English.Word(standard.Threshold)}"
            );
        foreach (var part in evaluation.Matcher.Parts(pattern, fact.Content))
        {
            if (!standard.Admits(part.Holds))
                yield return FailureOf(part, fact);
        }
    }

    private Failure FailureOf(PartMatch part, Fact fact)
    {
        var perhaps = part.Holds == Certainty.Possible;
        return part.Part switch
        {
            Part.Actor => new Failure(
                Condition.Actor,
                perhaps
                    ? $"it does not say for certain that {part.Name} took part"
                    : $"another actor than {part.Name}: {Names(fact.Content, part.Role)}"
            ),
            Part.Zone => new Failure(Condition.Zone, ZoneWords(part, fact.Content)),
            Part.Subject => new Failure(
                Condition.Subject,
                perhaps
                    ? $"it does not say that it is about {part.Name}"
                    : $"it is about {fact.Content.Subject}, not {part.Name}"
            ),
            Part.Attribute => new Failure(
                Condition.Attribute,
                perhaps ? $"it does not state {part.Name}" : $"{part.Name} is {fact.Content.Attributes[part.Name!]}"
            ),
            Part.Quantity => new Failure(
                Condition.Quantity,
                perhaps
                    ? $"it does not state enough {part.Name} for certain"
                    : $"too few {part.Name}: at most {fact.Content.Quantities[part.Name!].High}"
            ),
            _ => new Failure(
                Condition.Exclusion,
                perhaps ? "it may fall under an exception of the reading" : "the reading makes an exception for it"
            ),
        };
    }

    private string ZoneWords(PartMatch part, Report report)
    {
        var zones = part.Name!.Split(", ")
            .Select(zone => evaluation.Zones.At(zone, report.Occurred.From))
            .OfType<ZoneShape>()
            .ToList();
        if (zones.Count == 0)
            return $"no line of {part.Name} was in force when it happened";
        if (report.Place?.Point is not { } point)
            return $"its place is not known well enough to put it into {part.Name}";
        var outside = zones.Min(zone => zone.MetresOutside(point));
        if (part.Holds == Certainty.No)
            return $"outside {part.Name} by {English.Metres(outside)}";
        var uncertain = report.Place.UncertaintyMetres is { } radius ? $" (uncertain by {English.Metres(radius)})" : "";
        return $"its place{uncertain} may lie outside {part.Name}";
    }

    /// <summary>Those in the role asked for: a victim is no other actor.</summary>
    private string Names(Report report, ActorRole? role) =>
        string.Join(
            ", ",
            report
                .Actors.Where(actor => role is null || actor.Role == role)
                .Select(actor =>
                    evaluation.Matcher.Party(actor.Name) is { } party
                        ? evaluation.Reading.Party(party)!.Name.In("en")
                        : actor.Name
                )
                .Distinct(StringComparer.Ordinal)
        );
}
