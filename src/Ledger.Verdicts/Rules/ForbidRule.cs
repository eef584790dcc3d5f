using Ledger.Domain.Agreements;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>An act must not happen while in force.</summary>
internal sealed class ForbidRule(
    Rule.Forbid rule,
    Days days,
    Force force,
    Rows acts,
    EvidenceStandard standard,
    long asOf
)
{
    /// <summary>An answer lists so many violations; all of them are counted.</summary>
    private const int MostListed = 1_000;

    private NodaTime.LocalDate _quietDay;
    private long _quietFrom;

    public Verdict Now()
    {
        // Later acts are quiet later, so the last one tells.
        foreach (var act in acts.CountingBack(standard, asOf))
        {
            if (ViolationAt(act) is var at && at != Ticks.Never)
                return CuredFrom(at) > asOf ? Verdict.Breached : Verdict.Holding;
        }

        return Verdict.Holding;
    }

    public Outcome Evaluate()
    {
        var steps = new StepList(force.From);
        steps.InForce(Reason.NoViolation, asOf);
        var listed = new Queue<(Row Row, long At)>();
        var (count, first, last, cured) = (0, Ticks.Never, Ticks.Never, Ticks.Always);
        List<Mark> began = [],
            latest = [];
        foreach (var act in acts.Counting(standard, asOf))
        {
            if (ViolationAt(act) is var at && at == Ticks.Never)
                continue;
            if (cured < at)
            {
                if (count > 0)
                    steps.Add(cured, Verdict.Holding, Reason.Cured, [.. latest]);
                began = [];
                steps.Add(at, Verdict.Breached, Reason.Violation, began);
            }

            if (at != last)
                latest.Clear();
            (last, cured) = (at, CuredFrom(at));
            if (count++ == 0)
                first = at;
            var mark = new Mark(Role.Violation, act, null, at);
            latest.Add(mark);
            if (steps.Steps[^1].At == at)
                began.Add(mark);
            if (listed.Count == MostListed)
                listed.Dequeue();
            listed.Enqueue((act, at));
        }

        var isCured = count > 0 && cured <= asOf;
        if (isCured)
            steps.Add(cured, Verdict.Holding, Reason.Cured, latest);
        var duty = new Duty
        {
            Verdict = count > 0 && !isCured ? Verdict.Breached : Verdict.Holding,
            CuredAt = isCured ? cured : Ticks.Never,
            Violations = [.. listed],
            ViolationsOmitted = count - listed.Count,
            DecidedBy = isCured ? latest : [.. began.Union(latest)],
        };
        return new Outcome(
            steps.Steps,
            [duty],
            count == 0 ? null : new Counts(count, Ticks.ToInstant(first), Ticks.ToInstant(last))
        );
    }

    /// <summary>Every act that violates, in order of occurrence, however many there are.</summary>
    public IEnumerable<Row> Violations()
    {
        foreach (var act in acts.Counting(standard, asOf))
        {
            if (ViolationAt(act) != Ticks.Never)
                yield return act;
        }
    }

    /// <summary>Never where force ends before it has been quiet long enough.</summary>
    public long CuredFrom(long at) => QuietFrom(at) is var quiet && quiet < force.Until ? quiet : Ticks.Never;

    /// <summary>
    /// When it has been quiet long enough since <paramref name="at"/>: days are whole days after that day, hours are
    /// exact.
    /// </summary>
    public long QuietFrom(long at) =>
        rule.QuietPeriod switch
        {
            null => Ticks.Never,
            Span.Elapsed elapsed => at + elapsed.Length.BclCompatibleTicks,
            Span.Calendar calendar => QuietAfter(days.Of(at), calendar),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Remembered, as many acts are of one day.</summary>
    private long QuietAfter(NodaTime.LocalDate day, Span.Calendar calendar)
    {
        if (day != _quietDay)
            (_quietDay, _quietFrom) = (day, days.StartOf(calendar.After(day).PlusDays(1)));
        return _quietFrom;
    }

    /// <summary>The first binding instant of an act, or never when it is no violation.</summary>
    private long ViolationAt(Row act)
    {
        var (surely, at) = force.Window(act.Start, act.End);
        return standard.Admits(surely) && at <= asOf ? at : Ticks.Never;
    }
}
