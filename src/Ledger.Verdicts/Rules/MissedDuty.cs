using Ledger.Domain.Places;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;
using NodaTime;

namespace Ledger.Verdicts.Rules;

/// <summary>Why an act does not fulfil a duty, by its time and what it is about.</summary>
internal static class MissedDuty
{
    public static List<Failure> Failures(Duty duty, EvidenceStandard standard, Fact fact, DateTimeZone zone)
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
            failures.Add(new Failure(Condition.Late, LateWords(duty.Deadline, fact, zone)));
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
    private static string LateWords(long deadline, Fact fact, DateTimeZone zone)
    {
        if (fact.Content.Occurred.Precision == Precision.Instant)
            return $"late by {English.Length(fact.Start - deadline + Ticks.Microsecond)}";
        var days = Period.DaysBetween(
            zone.DayOf(Ticks.ToInstant(deadline - Ticks.Microsecond)),
            zone.DayOf(Ticks.ToInstant(fact.Start))
        );
        return days == 0 ? "late on the day itself" : $"late by {English.Count(days, "day")}";
    }
}
