using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;
using NodaTime;

namespace Ledger.Verdicts.Rules;

/// <summary>
/// An act at least once in every period while in force (docs/verdicts.md, section 9). Each act covers the time from
/// when it was done until the next is due, and the start of force does so too; what nothing covers is a gap.
/// </summary>
internal sealed class RecurRule(Rule.Recur rule, RuleContext context) : IRuleEvaluator
{
    private readonly Force _force = context.Force;
    private readonly Days _days = context.Days;
    private readonly EvidenceStandard _standard = context.Standards.Favourable;
    private readonly long _asOf = context.AsOf;
    private readonly Rows _acts = context.Rows(rule.Act, null);
    private readonly StepList _steps = new(context.Force.From);

    public RuleContext Context => context;

    public Verdict Now()
    {
        var at = _force.InForceAt(_asOf);
        if (_force.From > at || !_force.Binds(at) || at < DueAfter(StartBy(at), Ticks.Never))
            return Verdict.Holding;
        LocalDate? latest = null;
        foreach (var act in _acts.CountingBack(_standard, at))
        {
            if (!IsOccurrence(act) || DoneAt(act) > at)
                continue;
            if (at < DueAfter(act, Ticks.Never))
                return Verdict.Holding;
            // What certainly began on an earlier day was due earlier, where nothing stood still in between.
            if (IsSure && !_force.StandsStill && _days.Of(act.Start) is var day && day < (latest ??= day))
                break;
        }

        return Verdict.Breached;
    }

    public Outcome Evaluate()
    {
        if (_force.From > _asOf || _force.From == Ticks.Never)
            return new Outcome(_steps.Steps, [new Duty { Verdict = Verdict.Holding, Gaps = [] }]);

        _steps.InForce(Reason.Recurring, _asOf);
        var gaps = Gaps();
        var (last, due, marks) = Last();
        var duty = new Duty
        {
            TriggeredAt = last,
            Deadline = due,
            Verdict = new Outcome(_steps.Steps, []).At(_asOf).Verdict,
            Gaps = [.. gaps.Select(gap => gap with { Until = gap.Until > _asOf ? Ticks.Never : gap.Until })],
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

    /// <summary>What covers this instant in the best bound alone.</summary>
    public IEnumerable<Mark> Separating(IRuleEvaluator best)
    {
        var (other, at) = ((RecurRule)best, _force.InForceAt(_asOf));
        foreach (var act in _acts.Counting(other._standard, at))
        {
            if (other.Covers(act, at) && !(_standard.Admits(act) && Covers(act, at)))
                yield return Mark.Of(Role.Act, act);
        }
    }

    private bool Covers(Row act, long at) => IsOccurrence(act) && DoneAt(act) <= at && at < DueAfter(act, Ticks.Never);

    /// <summary>The start of force, or the last instant by then at which its condition came to hold again.</summary>
    private long StartBy(long at) => _force.Starts.Last(start => start <= at);

    /// <summary>Whether an act counts as done, and the time to the next as running, only when it surely is.</summary>
    private bool IsSure => _standard.Match == Certainty.Certain;

    private bool IsOccurrence(Row act) => act.Start >= _force.From && act.Start < _force.Until;

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
        _force.Shift(last, _days.StartOf(rule.Every.After(_days.Of(last)).PlusDays(1)), powersBy);

    /// <summary>The latest act done by now, when the next is due after it, and every act that gives that day.</summary>
    private (long Last, long Due, List<Mark> Acts) Last()
    {
        var last = StartBy(_asOf);
        var first = DueAfter(last, _asOf);
        var (due, marks) = (first, new List<Mark>());
        foreach (var act in _acts.Counting(_standard, _asOf))
        {
            if (!IsOccurrence(act) || DoneAt(act) > _asOf)
                continue;
            var next = DueAfter(act, _asOf);
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
        var deciding = _asOf == Ticks.Never ? ActsBefore(covered) : null;
        for (var i = 0; i < covered.Count; i++)
        {
            var (due, next) = (covered[i].Until, i + 1 < covered.Count ? covered[i + 1].From : Ticks.Never);
            foreach (var span in _force.Binding)
            {
                var gap = span.Cut(new TickSpan(due, next));
                if (gap.IsEmpty || gap.From > _asOf)
                    continue;
                gaps.Add(gap);
                _steps.Add(gap.From, Verdict.Breached, Reason.Overdue, deciding?.GetValueOrDefault(due));
                if (gap.Until != next && gap.Until < _force.Until)
                    _steps.Add(gap.Until, Verdict.Holding, Reason.NoViolation);
            }

            if (next < _force.Until)
                _steps.Add(next, Verdict.Holding, Reason.Recurring);
        }

        return gaps;
    }

    /// <summary>What the start of force and the acts cover, joined where one reaches the next.</summary>
    private List<TickSpan> Covered()
    {
        var found = _force.Starts.Select(start => new TickSpan(start, DueAfter(start, Ticks.Never))).ToList();
        foreach (var act in _acts.Counting(_standard, _asOf))
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
        foreach (var act in _acts.Counting(_standard, _asOf))
        {
            if (IsOccurrence(act) && deciding.TryGetValue(DueAfter(act, Ticks.Never), out var marks))
                marks.Add(Mark.Of(Role.Act, act));
        }

        return deciding;
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
