using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;
using NodaTime;

namespace Ledger.Verdicts.Rules;

/// <summary>An act at least once in every period while in force; the start of force counts as an occurrence.</summary>
internal sealed class RecurRule(
    Rule.Recur rule,
    Days days,
    Force force,
    Rows acts,
    EvidenceStandard standard,
    long asOf
)
{
    private readonly StepList _steps = new(force.From);
    private readonly List<TickSpan> _gaps = [];

    public Verdict Now()
    {
        var at = force.InForceAt(asOf);
        if (force.From > at)
            return Verdict.Holding;
        var last = force.From;
        foreach (var act in acts.CountingBack(standard, at))
        {
            if (!IsOccurrence(act))
                continue;
            last = act.Start;
            break;
        }

        return force.Shift(last, Due(days.Of(last))) <= at && force.Binds(at) ? Verdict.Breached : Verdict.Holding;
    }

    public Outcome Evaluate()
    {
        if (force.From > asOf || force.From == Ticks.Never)
            return new Outcome(_steps.Steps, [new Duty { Verdict = Verdict.Holding, Gaps = [] }]);

        _steps.InForce(Reason.Recurring, asOf);
        var (last, lastDay, marks) = (force.From, days.Of(force.From), new List<Mark>());
        foreach (var act in acts.Counting(standard, asOf))
        {
            if (!IsOccurrence(act))
                continue;
            var day = days.Of(act.Start);
            if (day != lastDay)
            {
                Overdue(last, lastDay, act.Start, marks);
                marks = [];
            }

            // On the day of the start of force an act changes nothing.
            if (marks.Count > 0 || day != lastDay)
                marks.Add(Mark.Of(Role.Act, act));
            (last, lastDay) = (act.Start, day);
        }

        Overdue(last, lastDay, Ticks.Never, marks);
        var duty = new Duty
        {
            TriggeredAt = last,
            Deadline = force.Shift(last, Due(lastDay), asOf),
            Verdict = new Outcome(_steps.Steps, []).At(asOf).Verdict,
            Gaps =
            [
                .. _gaps
                    .Where(gap => gap.From <= asOf)
                    .Select(gap => gap with { Until = gap.Until > asOf ? Ticks.Never : gap.Until }),
            ],
            DecidedBy = marks,
        };
        return new Outcome(_steps.Steps, [duty]);
    }

    private bool IsOccurrence(Row act) => act.Start >= force.From && act.Start < force.Until;

    private long Due(LocalDate day) => days.StartOf(rule.Every.After(day).PlusDays(1));

    /// <summary>Notes where the next occurrence is missing before it comes.</summary>
    private void Overdue(long last, LocalDate lastDay, long next, List<Mark> marks)
    {
        var due = force.Shift(last, Due(lastDay));
        if (due >= next)
            return;
        foreach (var span in force.Binding)
        {
            var gap = span.Cut(new TickSpan(due, next));
            if (gap.IsEmpty)
                continue;
            _gaps.Add(gap);
            _steps.Add(gap.From, Verdict.Breached, Reason.Overdue, marks);
            if (gap.Until == next)
                _steps.Add(next, Verdict.Holding, Reason.Recurring);
            else if (gap.Until < force.Until)
                _steps.Add(gap.Until, Verdict.Holding, Reason.NoViolation);
        }
    }
}
