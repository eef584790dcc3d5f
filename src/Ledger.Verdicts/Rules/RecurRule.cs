using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;
using NodaTime;

namespace Ledger.Verdicts.Rules;

/// <summary>An act at least once in every period while in force; the start of force counts as an occurrence.</summary>
internal sealed class RecurRule(Rule.Recur rule, RuleContext context) : IRuleEvaluator
{
    private readonly Force _force = context.Force;
    private readonly Days _days = context.Days;
    private readonly EvidenceStandard _standard = context.Standards.Favourable;
    private readonly long _asOf = context.AsOf;
    private readonly Rows _acts = context.Rows(rule.Act, null);
    private readonly StepList _steps = new(context.Force.From);
    private readonly List<TickSpan> _gaps = [];

    public RuleContext Context => context;

    public Verdict Now()
    {
        if (_force.From > _asOf)
            return Verdict.Holding;
        var last = _force.From;
        foreach (var act in _acts.CountingBack(_standard, _asOf))
        {
            if (!IsOccurrence(act))
                continue;
            last = act.Start;
            break;
        }

        return _force.Shift(last, Due(_days.Of(last))) <= _asOf && _force.Binds(_asOf)
            ? Verdict.Breached
            : Verdict.Holding;
    }

    public Outcome Evaluate()
    {
        if (_force.From > _asOf || _force.From == Ticks.Never)
            return new Outcome(_steps.Steps, [new Duty { Verdict = Verdict.Holding, Gaps = [] }]);

        _steps.InForce(Reason.Recurring, _asOf);
        var (last, lastDay, marks) = (_force.From, _days.Of(_force.From), new List<Mark>());
        foreach (var act in _acts.Counting(_standard, _asOf))
        {
            if (!IsOccurrence(act))
                continue;
            var day = _days.Of(act.Start);
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
            Deadline = _force.Shift(last, Due(lastDay), _asOf),
            Verdict = new Outcome(_steps.Steps, []).At(_asOf).Verdict,
            Gaps =
            [
                .. _gaps
                    .Where(gap => gap.From <= _asOf)
                    .Select(gap => gap with { Until = gap.Until > _asOf ? Ticks.Never : gap.Until }),
            ],
            DecidedBy = marks,
        };
        return new Outcome(_steps.Steps, [duty]);
    }

    private bool IsOccurrence(Row act) => act.Start >= _force.From && act.Start < _force.Until;

    private long Due(LocalDate day) => _days.StartOf(rule.Every.After(day).PlusDays(1));

    /// <summary>Notes where the next occurrence is missing before it comes.</summary>
    private void Overdue(long last, LocalDate lastDay, long next, List<Mark> marks)
    {
        var due = _force.Shift(last, Due(lastDay));
        if (due >= next)
            return;
        foreach (var span in _force.Binding)
        {
            var gap = span.Cut(new TickSpan(due, next));
            if (gap.IsEmpty)
                continue;
            _gaps.Add(gap);
            _steps.Add(gap.From, Verdict.Breached, Reason.Overdue, marks);
            if (gap.Until != Ticks.Never)
                _steps.Add(gap.Until, Verdict.Holding, Reason.Recurring);
        }
    }

    public bool NeedsWatching => true;

    public IEnumerable<(Role Role, Pattern Pattern, EvidenceStandard Standard)> Parts() =>
        [(Role.Act, rule.Act, _standard)];

    public IReadOnlyList<Failure> TimeFailures(Role role, EvidenceStandard standard, Fact fact, Outcome outcome) =>
        fact.Start >= _force.From && fact.Start < _force.Until ? [] : [Failure.Outside(Certainty.No)];

    public Upcoming? Next(Duty duty) =>
        duty.Deadline > _asOf && duty.Deadline != Ticks.Never && duty.Deadline < _force.Until
            ? new Upcoming(
                duty.Deadline,
                Coming.Overdue,
                $"Needs another occurrence of: {context.Provision.Title.In("en")}."
            )
            : null;

    public string Arithmetic(Duty duty)
    {
        var last = _days.Zone.DayOf(Ticks.ToInstant(duty.TriggeredAt));
        return $"last on {English.Day(last)}; due every {rule.Every}, next through {English.Day(rule.Every.After(last))}";
    }
}
