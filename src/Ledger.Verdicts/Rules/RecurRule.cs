using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;
using NodaTime;

namespace Ledger.Verdicts.Rules;

/// <summary>
/// An act at least once in every period while in force (docs/verdicts.md, section 9). Each act covers the time from
/// when it was done until the next is due, and the start of force does so too; what nothing covers is a gap.
/// </summary>
internal sealed class RecurRule(Rule.Recur rule, Days days, Force force, Rows acts, EvidenceStandard standard, long asOf)
{
    private readonly StepList _steps = new(force.From);

    public Verdict Now()
    {
        var at = force.InForceAt(asOf);
        if (force.From > at || !force.Binds(at) || at < DueAfter(force.From, Ticks.Never))
            return Verdict.Holding;
        LocalDate? latest = null;
        foreach (var act in acts.CountingBack(standard, at))
        {
            if (!IsOccurrence(act) || DoneAt(act) > at)
                continue;
            if (at < DueAfter(act, Ticks.Never))
                return Verdict.Holding;
            // What certainly began on an earlier day was due earlier, where nothing stood still in between.
            if (IsSure && !force.StandsStill && days.Of(act.Start) is var day && day < (latest ??= day))
                break;
        }

        return Verdict.Breached;
    }

    public Outcome Evaluate()
    {
        if (force.From > asOf || force.From == Ticks.Never)
            return new Outcome(_steps.Steps, [new Duty { Verdict = Verdict.Holding, Gaps = [] }]);

        _steps.InForce(Reason.Recurring, asOf);
        var gaps = Gaps();
        var (last, due, marks) = Last();
        var duty = new Duty
        {
            TriggeredAt = last,
            Deadline = due,
            Verdict = new Outcome(_steps.Steps, []).At(asOf).Verdict,
            Gaps = [.. gaps.Select(gap => gap with { Until = gap.Until > asOf ? Ticks.Never : gap.Until })],
            DecidedBy = marks,
        };
        return new Outcome(
            _steps.Steps,
            [duty],
            gaps.Count == 0
                ? null
                : new Counts(gaps.Count, Ticks.ToInstant(gaps[0].From), Ticks.ToInstant(gaps[^1].From))
        );
    }

    /// <summary>Whether an act counts as done, and the time to the next as running, only when it surely is.</summary>
    private bool IsSure => standard.Match == Certainty.Certain;

    private bool IsOccurrence(Row act) => act.Start >= force.From && act.Start < force.Until;

    /// <summary>
    /// When an act was done: surely by the last instant of its interval, possibly just after the first.
    /// </summary>
    private long DoneAt(Row act) =>
        IsSure ? act.End - Ticks.Microsecond : Math.Min(act.Start + Ticks.Microsecond, act.End - Ticks.Microsecond);

    /// <summary>
    /// When the next is due: surely counted from the first day of the interval, possibly from the last.
    /// </summary>
    private long DueAfter(Row act, long powersBy)
    {
        var due = DueAfter(act.Start, powersBy);
        return IsSure ? due : Math.Max(due, DueAfter(act.End - Ticks.Microsecond, powersBy));
    }

    private long DueAfter(long last, long powersBy) =>
        force.Shift(last, days.StartOf(rule.Every.After(days.Of(last)).PlusDays(1)), powersBy);

    /// <summary>The latest act done by now, when the next is due after it, and every act that gives that day.</summary>
    private (long Last, long Due, List<Mark> Acts) Last()
    {
        var (last, first) = (force.From, DueAfter(force.From, asOf));
        var (due, marks) = (first, new List<Mark>());
        foreach (var act in acts.Counting(standard, asOf))
        {
            if (!IsOccurrence(act) || DoneAt(act) > asOf)
                continue;
            var next = DueAfter(act, asOf);
            if (next < due)
                continue;
            if (next > due)
                marks.Clear();
            (last, due) = (act.Start, next);
            // What asks for no later day than the start of force does changes nothing.
            if (due > first)
                marks.Add(Mark.Of(Role.Act, act));
        }

        return (last, due, marks);
    }

    /// <summary>The gaps that began by now, noting each as a step.</summary>
    private List<TickSpan> Gaps()
    {
        var gaps = new List<TickSpan>();
        var covered = Covered();
        var deciding = asOf == Ticks.Never ? ActsBefore(covered) : null;
        for (var i = 0; i < covered.Count; i++)
        {
            var (due, next) = (covered[i].Until, i + 1 < covered.Count ? covered[i + 1].From : Ticks.Never);
            foreach (var span in force.Binding)
            {
                var gap = span.Cut(new TickSpan(due, next));
                if (gap.IsEmpty || gap.From > asOf)
                    continue;
                gaps.Add(gap);
                _steps.Add(gap.From, Verdict.Breached, Reason.Overdue, deciding?.GetValueOrDefault(due));
                if (gap.Until != next && gap.Until < force.Until)
                    _steps.Add(gap.Until, Verdict.Holding, Reason.NoViolation);
            }

            if (next < force.Until)
                _steps.Add(next, Verdict.Holding, Reason.Recurring);
        }

        return gaps;
    }

    /// <summary>What the start of force and the acts cover, joined where one reaches the next.</summary>
    private List<TickSpan> Covered()
    {
        var found = new List<TickSpan> { new(force.From, DueAfter(force.From, Ticks.Never)) };
        foreach (var act in acts.Counting(standard, asOf))
        {
            if (!IsOccurrence(act))
                continue;
            var span = new TickSpan(DoneAt(act), DueAfter(act, Ticks.Never));
            if (span.IsEmpty)
                continue;
            if (span.From >= found[^1].From && span.From <= found[^1].Until)
                found[^1] = found[^1] with { Until = Math.Max(found[^1].Until, span.Until) };
            else
                found.Add(span);
        }

        var covered = new List<TickSpan>();
        foreach (var span in found.OrderBy(span => span.From))
        {
            if (covered.Count > 0 && span.From <= covered[^1].Until)
                covered[^1] = covered[^1] with { Until = Math.Max(covered[^1].Until, span.Until) };
            else
                covered.Add(span);
        }

        return covered;
    }

    /// <summary>Timelines, which look at all of time, cite the acts after which each gap began.</summary>
    private Dictionary<long, List<Mark>> ActsBefore(List<TickSpan> covered)
    {
        var deciding = covered.ToDictionary(span => span.Until, _ => new List<Mark>());
        foreach (var act in acts.Counting(standard, asOf))
        {
            if (IsOccurrence(act) && deciding.TryGetValue(DueAfter(act, Ticks.Never), out var marks))
                marks.Add(Mark.Of(Role.Act, act));
        }

        return deciding;
    }
}
