using Ledger.Domain.Agreements;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;
using NodaTime;

namespace Ledger.Verdicts.Rules;

/// <summary>An act at least once in every period while in force; the start of force counts as an occurrence.</summary>
internal static class RecurRule
{
    public static Outcome Evaluate(Rule.Recur rule, DateTimeZone zone, Force force, IEnumerable<Row> acts, Sieve sieve, long asOf)
    {
        var steps = new StepList();
        steps.Add(Ticks.Always, Verdict.Holding, Reason.NotYetInForce);
        if (force.From > asOf || force.From == Ticks.Never)
            return new Outcome(steps.Steps, [new Duty { Verdict = Verdict.Holding, Gaps = [] }]);

        steps.Add(force.From, Verdict.Holding, Reason.Recurring);
        var gaps = new List<TickSpan>();
        var (last, lastDay, marks) = (force.From, zone.DayOf(Ticks.ToInstant(force.From)), new List<Mark>());
        foreach (var act in acts)
        {
            if (act.Start < force.From || act.Start >= force.Until || act.Start > asOf || !sieve.Admits(act))
                continue;
            Overdue(act.Start);
            var day = zone.DayOf(Ticks.ToInstant(act.Start));
            if (day != lastDay)
                marks = [];
            // On the day of the start of force an act changes nothing.
            if (marks.Count > 0 || day != lastDay)
                marks.Add(new Mark(Role.Act, act.Fact, null, act.Start));
            (last, lastDay) = (act.Start, day);
        }

        Overdue(Ticks.Never);
        var now = new Outcome(steps.Steps, []).At(asOf);
        var duty = new Duty
        {
            TriggeredAt = last,
            Deadline = force.Shift(last, Due(lastDay), asOf),
            Verdict = now.Verdict,
            Gaps = [.. gaps.Where(gap => gap.From <= asOf).Select(gap => gap with { Until = gap.Until > asOf ? Ticks.Never : gap.Until })],
            DecidedBy = marks,
        };
        return new Outcome(steps.Steps, [duty]);

        void Overdue(long until)
        {
            var due = force.Shift(last, Due(lastDay));
            foreach (var span in force.Binding)
            {
                var gap = span.Cut(new TickSpan(due, until));
                if (gap.IsEmpty)
                    continue;
                gaps.Add(gap);
                steps.Add(gap.From, Verdict.Breached, Reason.Overdue, marks);
                if (gap.Until != Ticks.Never)
                    steps.Add(gap.Until, Verdict.Holding, Reason.Recurring);
            }
        }

        long Due(LocalDate day) => Ticks.Of(zone.StartOf(rule.Every.After(day).PlusDays(1)));
    }
}
