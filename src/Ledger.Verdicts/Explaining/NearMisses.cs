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
internal sealed class NearMisses(Evaluation evaluation, Provision provision, Outcome outcome, Force force, long asOf)
{
    private readonly record struct Failure(Condition Condition, string Words);

    /// <summary>
    /// Of the latest facts that happened by then: whoever asks about one verdict cannot wait for a million places to be
    /// measured.
    /// </summary>
    private const int MostExamined = 5_000;

    public IEnumerable<(Role Role, Condition Failed, string Words, Fact Fact)> Find() =>
        from part in Parts()
        from fact in evaluation.Latest(part.Pattern.Kinds, asOf, MostExamined)
        let failures = Failures(part.Pattern, part.Standard, fact)
            .Concat(TimeFailures(part.Role, part.Standard, fact))
            .Take(2)
            .ToList()
        where failures.Count == 1
        select (part.Role, failures[0].Condition, failures[0].Words, fact);

    private IEnumerable<(Role Role, Pattern Pattern, EvidenceStandard Standard)> Parts()
    {
        var (favourable, unfavourable) = (evaluation.House.Favourable, evaluation.House.Unfavourable);
        return provision.Rule switch
        {
            Rule.Achieve rule => rule.Trigger is null
                ? [(Role.Act, rule.Act, favourable)]
                : [(Role.Act, rule.Act, favourable), (Role.Trigger, rule.Trigger, unfavourable)],
            Rule.Forbid rule => [(Role.Violation, rule.Act, unfavourable)],
            Rule.Maintain rule => [(Role.Enters, rule.Enters, favourable), (Role.Leaves, rule.Leaves, favourable)],
            Rule.Recur rule => [(Role.Act, rule.Act, favourable)],
            _ => [],
        };
    }

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

    private List<Failure> TimeFailures(Role role, EvidenceStandard standard, Fact fact)
    {
        switch (provision.Rule, role)
        {
            case (Rule.Maintain, _):
                return [];
            case (Rule.Achieve, Role.Act):
                // An act misses every duty; the one it misses by least tells why. Fulfilled duties miss nothing.
                var missed = outcome
                    .Duties.Where(duty => duty.Verdict != Verdict.Fulfilled)
                    .Select(duty => DutyFailures(duty, standard, fact))
                    .ToList();
                return missed.Count > 0 ? missed.MinBy(failures => failures.Count)!
                    : force.From > asOf
                        ? [new Failure(Condition.TooEarly, "it happened before the provision was in force")]
                    : [];
            case (Rule.Recur, _):
                return fact.Start >= force.From && fact.Start < force.Until ? [] : [Outside(Certainty.No)];
            default:
                var surely = force.Window(fact.Start, fact.End).Surely;
                return standard.Admits(surely) ? [] : [Outside(surely)];
        }
    }

    private static Failure Outside(Certainty surely) =>
        new(
            Condition.OutsideForce,
            surely == Certainty.Possible
                ? "it may have happened while the provision did not bind"
                : "it happened while the provision did not bind"
        );

    private List<Failure> DutyFailures(Duty duty, EvidenceStandard standard, Fact fact)
    {
        var failures = new List<Failure>();
        if (fact.Start < duty.TriggeredAt)
            failures.Add(
                new Failure(
                    Condition.TooEarly,
                    $"it happened {English.Length(duty.TriggeredAt - fact.Start)} before the duty began"
                )
            );
        if (fact.Start >= duty.Deadline)
            failures.Add(new Failure(Condition.Late, LateWords(duty.Deadline, fact)));
        else if (fact.End > duty.Deadline && standard.Match == Certainty.Certain)
            failures.Add(
                new Failure(
                    Condition.Late,
                    "it may have happened after the deadline, as its time is not stated exactly"
                )
            );
        if (
            duty.Key is not null
            && fact.Content.Subject != duty.Key
            && !(fact.Content.Subject is null && standard.Match == Certainty.Possible)
        )
            failures.Add(
                new Failure(
                    Condition.Subject,
                    fact.Content.Subject is { } subject
                        ? $"it is about {subject}, not {duty.Key}"
                        : $"it does not say that it is about {duty.Key}"
                )
            );
        return failures;
    }

    /// <summary>
    /// Days are counted as people count them: what was due on the 10th and happened on the 12th is late by two days.
    /// </summary>
    private string LateWords(long deadline, Fact fact)
    {
        if (fact.Content.Occurred.Precision == Precision.Instant)
            return $"late by {English.Length(fact.Start - deadline + Ticks.Microsecond)}";
        var zone = evaluation.Reading.TimeZone;
        var days = NodaTime.Period.DaysBetween(
            zone.DayOf(Ticks.ToInstant(deadline - Ticks.Microsecond)),
            zone.DayOf(Ticks.ToInstant(fact.Start))
        );
        return days == 0 ? "late on the day itself" : $"late by {English.Count(days, "day")}";
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
