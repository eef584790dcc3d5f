using Ledger.Domain.Agreements;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;
using NodaTime;

namespace Ledger.Verdicts.Rules;

/// <summary>An act must not happen while in force.</summary>
internal static class ForbidRule
{
    public static Outcome Evaluate(Rule.Forbid rule, DateTimeZone zone, Force force, IEnumerable<Row> acts, Sieve sieve, long asOf)
    {
        var violations = new List<(Row Row, long At)>();
        foreach (var act in acts)
        {
            var (surely, at) = force.Window(act.Start, act.End);
            if (sieve.Admits(act) && sieve.Admits(surely) && at <= asOf)
                violations.Add((act, at));
        }

        var steps = new StepList();
        steps.Add(Ticks.Always, Verdict.Holding, Reason.NotYetInForce);
        if (force.From <= asOf)
            steps.Add(force.From, Verdict.Holding, Reason.NoViolation);
        var cured = Ticks.Never;
        var last = new List<Mark>();
        foreach (var (row, at) in violations)
        {
            if (cured <= at)
                steps.Add(cured, Verdict.Holding, Reason.Cured, last);
            if (last.Count > 0 && last[0].At != at)
                last = [];
            last.Add(new Mark(Role.Violation, row.Fact, null, at));
            steps.Add(at, Verdict.Breached, Reason.Violation, last);
            cured = QuietFrom(rule, zone, at);
        }

        if (cured <= asOf)
            steps.Add(cured, Verdict.Holding, Reason.Cured, last);

        var isCured = violations.Count > 0 && cured <= asOf;
        var duty = new Duty
        {
            Verdict = violations.Count > 0 && !isCured ? Verdict.Breached : Verdict.Holding,
            CuredAt = isCured ? cured : Ticks.Never,
            Violations = violations,
            DecidedBy = violations.Count == 0 ? [] : isCured ? last : [.. FirstOf(steps.Steps[^1].At, violations).Concat(last).Distinct()],
        };
        return new Outcome(steps.Steps, [duty], violations.Count == 0 ? null : new Counts(violations.Count, Ticks.ToInstant(violations[0].At), Ticks.ToInstant(violations[^1].At)));
    }

    private static IEnumerable<Mark> FirstOf(long at, List<(Row Row, long At)> violations) =>
        violations.Where(v => v.At == at).Select(v => new Mark(Role.Violation, v.Row.Fact, null, v.At));

    /// <summary>When it has been quiet long enough since <paramref name="at"/>: days are whole days after that day, hours are exact.</summary>
    public static long QuietFrom(Rule.Forbid rule, DateTimeZone zone, long at) => rule.QuietPeriod switch
    {
        null => Ticks.Never,
        Span.Elapsed elapsed => at + elapsed.Length.BclCompatibleTicks,
        var calendar => Ticks.Of(calendar.DeadlineAfter(Ticks.ToInstant(at), zone)),
    };
}
