using Ledger.Domain.Agreements;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>An act must not happen while in force.</summary>
internal sealed class ForbidRule(Rule.Forbid rule, RuleContext context) : IRuleEvaluator
{
    private readonly Force _force = context.Force;
    private readonly Days _days = context.Days;
    private readonly EvidenceStandard _standard = context.Standards.Unfavourable;
    private readonly long _asOf = context.AsOf;
    private readonly Rows _acts = context.Rows(rule.Act, null);

    /// <summary>An answer lists so many violations; all of them are counted.</summary>
    private const int MostListed = 1_000;

    private NodaTime.LocalDate _quietDay;
    private long _quietFrom;

    public RuleContext Context => context;

    public Verdict Now()
    {
        // Later acts are quiet later, so the last one tells.
        foreach (var act in _acts.CountingBack(_standard, _asOf))
        {
            if (ViolationAt(act) is var at && at != Ticks.Never)
                return CuredFrom(at) > _asOf ? Verdict.Breached : Verdict.Holding;
        }

        return Verdict.Holding;
    }

    public long NextStep(long after)
    {
        var next = Ticks.Never;
        // Later acts are quiet later, so none before the last one by then tells more.
        foreach (var act in _acts.CountingBack(_standard, Ticks.Never))
        {
            var at = ViolationAt(act);
            if (at == Ticks.Never)
                continue;
            if (CuredFrom(at) is var cured && cured > after)
                next = Math.Min(next, cured);
            if (at <= after)
                break;
            next = Math.Min(next, at);
        }

        return next;
    }

    public Outcome Evaluate()
    {
        var steps = new StepList(_force.From);
        steps.InForce(Reason.NoViolation, _asOf);
        var listed = new Queue<(Row Row, long At)>();
        var (count, first, last, cured) = (0, Ticks.Never, Ticks.Never, Ticks.Always);
        List<Mark> began = [],
            latest = [];
        foreach (var act in _acts.Counting(_standard, _asOf))
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

        var isCured = count > 0 && cured <= _asOf;
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
        foreach (var act in _acts.Counting(_standard, _asOf))
        {
            if (ViolationAt(act) != Ticks.Never)
                yield return act;
        }
    }

    /// <summary>Whatever has not been quiet long enough since keeps the worst bound breached.</summary>
    public IEnumerable<Mark> Separating(IRuleEvaluator best)
    {
        var other = (ForbidRule)best;
        foreach (var act in _acts.Counting(_standard, _asOf))
        {
            if (IsOpen(act) && !(other._standard.Admits(act) && other.IsOpen(act)))
                yield return Mark.Of(Role.Violation, act);
        }
    }

    /// <summary>Whether an act is a violation after which it has not been quiet long enough by now.</summary>
    private bool IsOpen(Row act) => ViolationAt(act) is var at && at != Ticks.Never && CuredFrom(at) > _asOf;

    /// <summary>Never where force ends before it has been quiet long enough.</summary>
    private long CuredFrom(long at) => QuietFrom(at) is var quiet && quiet < _force.Until ? quiet : Ticks.Never;

    /// <summary>
    /// When it has been quiet long enough since <paramref name="at"/>: days are whole days after that day, hours are
    /// exact.
    /// </summary>
    private long QuietFrom(long at) =>
        rule.QuietPeriod switch
        {
            null => Ticks.Never,
            Span.Elapsed elapsed => at + elapsed.Length.BclCompatibleTicks,
            Span.Calendar calendar => QuietAfter(_days.Of(at), calendar),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Remembered, as many acts are of one day.</summary>
    private long QuietAfter(NodaTime.LocalDate day, Span.Calendar calendar)
    {
        if (day != _quietDay)
            (_quietDay, _quietFrom) = (day, _days.StartOf(calendar.After(day).PlusDays(1)));
        return _quietFrom;
    }

    /// <summary>The first binding instant of an act, or never when it is no violation.</summary>
    private long ViolationAt(Row act)
    {
        var (surely, at) = _force.Window(act.Start, act.End);
        return _standard.Admits(surely) && at <= _asOf ? at : Ticks.Never;
    }

    public bool NeedsWatching => true;

    public IEnumerable<(Role Role, Pattern Pattern, EvidenceStandard Standard)> Parts() =>
        [(Role.Violation, rule.Act, _standard)];

    public IReadOnlyList<Failure> TimeFailures(Role role, EvidenceStandard standard, Fact fact, Outcome outcome) =>
        context.OutsideForce(standard, fact);

    public Upcoming? Next(Duty duty) =>
        duty.Verdict == Verdict.Breached && CuredFrom(duty.Violations![^1].At) is var cured && cured != Ticks.Never
            ? new Upcoming(cured, Coming.Cured, "Holds again then, unless there is another violation.")
            : null;
}
