using System.Runtime.InteropServices;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>An act must happen by a deadline: once, or for every trigger.</summary>
internal sealed class AchieveRule(Rule.Achieve rule, RuleContext context) : IRuleEvaluator
{
    private readonly Force _force = context.Force;
    private readonly Days _days = context.Days;
    private readonly EvidenceStandards _standards = context.Standards;
    private readonly Provision _provision = context.Provision;
    private readonly long _asOf = context.AsOf;
    private readonly Rows _acts = context.Rows(rule.Act, rule.Total?.Quantity);
    private readonly Rows _triggers = rule.Trigger is null ? Rows.None : context.Rows(rule.Trigger, null);

    /// <summary>An answer lists so many duties, the worst and latest; all of them are judged.</summary>
    private const int MostListed = 1_000;

    public RuleContext Context => context;

    public Verdict Now()
    {
        var worst = (Verdict?)null;
        foreach (var timeline in Timelines())
        {
            var verdict = VerdictAt(timeline);
            if (verdict == Verdict.Breached)
                return verdict;
            worst = worst > verdict ? worst : verdict;
        }

        return worst ?? Verdict.Holding;
    }

    public Outcome Evaluate()
    {
        var timelines = Timelines().ToList();
        var (steps, duties) = (Sweep(timelines), Listed(timelines).ConvertAll(DutyAt));
        if (timelines.Count <= MostListed)
            return new Outcome(steps, duties);
        var verdict = timelines.Max(VerdictAt);
        var worst = timelines.FindAll(timeline => VerdictAt(timeline) == verdict);
        return new Outcome(steps, duties)
        {
            All = new Totality(
                timelines.Count - MostListed,
                worst.Min(timeline => DutyAt(timeline).DeadlineTold),
                timelines.Max(timeline => TermOf(timeline).Fulfilled),
                verdict == Verdict.Breached ? worst.Max(LateAt) : Ticks.Never
            ),
        };
    }

    /// <summary>
    /// Of every duty that stands worse than the best bound: its trigger, where the best bound knows of no such duty, else
    /// the acts that count for it in the best bound alone, or for more.
    /// </summary>
    public IEnumerable<Mark> Separating(IRuleEvaluator best)
    {
        var other = (AchieveRule)best;
        var (least, anyInBest) = (other.Now(), other.Timelines().Any());
        var marks = new HashSet<Mark>();
        foreach (var timeline in Timelines().Where(timeline => !anyInBest || VerdictAt(timeline) > least))
        {
            if (timeline.Trigger is { } trigger && !other.Triggers(trigger))
                marks.Add(Mark.Of(Role.Trigger, trigger));
            else
                marks.UnionWith(Separating(timeline, other));
        }

        return marks.OrderBy(mark => mark.At);
    }

    private IEnumerable<Mark> Separating(DutyTimeline timeline, AchieveRule best)
    {
        var (term, until) = (best.TermOf(timeline), _force.RunningAt(_asOf));
        foreach (var act in best.ActsOf(timeline.Trigger, timeline.ActsFrom))
        {
            if (act.Start > until || act.Start >= term.Deadline)
                break;
            if (
                best.Counted(timeline, act, term.Deadline) is var most
                && most > 0
                && most != Counted(timeline, act, term.Deadline)
            )
                yield return Mark.Of(Role.Act, act);
        }
    }

    private bool Triggers(Row trigger) => _standards.Unfavourable.Admits(trigger) && TimelineOf(trigger) is not null;

    /// <summary>For how much an act counts towards a duty; zero where it does not.</summary>
    private long Counted(DutyTimeline timeline, Row act, long deadline)
    {
        var isAbout =
            timeline.Trigger is not { SubjectNumber: >= 0 } about
            || act.SubjectNumber == about.SubjectNumber
            || (act.SubjectNumber < 0 && _standards.Favourable.Admits(Certainty.Possible));
        if (!isAbout || !_standards.Favourable.Admits(act) || !InTime(act, deadline))
            return 0;
        return rule.Total is null ? 1 : Amount(act);
    }

    private List<DutyTimeline> Listed(List<DutyTimeline> timelines)
    {
        if (timelines.Count <= MostListed)
            return timelines;
        var listed = timelines
            .OrderByDescending(VerdictAt)
            .ThenByDescending(timeline => timeline.Start)
            .Take(MostListed)
            .ToList();
        listed.Sort((a, b) => a.Start.CompareTo(b.Start));
        return listed;
    }

    private IEnumerable<DutyTimeline> Timelines()
    {
        if (rule.After is not null)
        {
            var began = _force.Began;
            if (began >= _force.From && began < _force.Until && began <= _asOf)
                yield return TimelineOf(null, began, began, DeadlineAfter(began));
            yield break;
        }

        if (rule.Trigger is null)
        {
            if (_force.From < _force.Until && _force.From <= _asOf)
                yield return TimelineOf(
                    null,
                    _force.From,
                    _force.ActsFrom,
                    Math.Max(
                        _days.StartOf(_provision.DayEnds == DayEnds.End ? rule.By!.Value.PlusDays(1) : rule.By!.Value),
                        Earliest
                    )
                );
            yield break;
        }

        foreach (var trigger in _triggers.Counting(_standards.Unfavourable, _asOf))
        {
            if (TimelineOf(trigger) is { } timeline)
                yield return timeline;
        }
    }

    /// <summary>
    /// The earliest deadline by a day: the end of the day on which the condition first held, because nothing was due
    /// before (docs/verdicts.md, 17.6).
    /// </summary>
    private long Earliest =>
        rule.By is null || _provision.When is null ? Ticks.Always : _days.StartOf(_days.Of(_force.From).PlusDays(1));

    /// <summary>Null when the trigger does not trigger by then.</summary>
    private DutyTimeline? TimelineOf(Row trigger) =>
        _standards.Unfavourable.Admits(InForce(trigger)) && Math.Max(trigger.Start, _force.From) <= _asOf
            ? TimelineOf(trigger, trigger.Start, trigger.Start, DeadlineAfter(trigger.Start))
            : null;

    private Certainty InForce(Row trigger)
    {
        if (trigger.Start >= _force.Until || trigger.End <= _force.From)
            return Certainty.No;
        return trigger.Start >= _force.From && trigger.End <= _force.Until ? Certainty.Certain : Certainty.Possible;
    }

    private long DeadlineAfter(long start) =>
        rule.Within switch
        {
            Span.Calendar calendar => _days.StartOf(
                calendar.After(_days.Of(start)) is var day && _provision.DayEnds == DayEnds.End ? day.PlusDays(1) : day
            ),
            Span.Elapsed elapsed => start + elapsed.Length.BclCompatibleTicks + Ticks.Microsecond,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private DutyTimeline TimelineOf(Row? trigger, long start, long actsFrom, long deadline)
    {
        var visible = Math.Max(start, _force.From);
        var deadlines = _force.Deadlines(rule.By is null ? start : Ticks.Always, deadline, trigger?.Subject);
        var terms = new Term[deadlines.Count];
        for (var i = 0; i < terms.Length; i++)
        {
            var told = Math.Max(deadlines[i].Deadline, Earliest);
            var shifted = _force.Shift(start, told);
            var late = _force.FirstUnsuspended(Math.Max(shifted, visible));
            var fulfilled = Reached(ActsOf(trigger, actsFrom), shifted, inTime: true, Ticks.Always);
            terms[i] = new Term(
                deadlines[i].From,
                told,
                shifted,
                fulfilled,
                late >= _force.Released ? Ticks.Never : late,
                deadlines[i].Extensions
            );
        }

        return new DutyTimeline(trigger, start, actsFrom, visible, terms);
    }

    /// <summary>
    /// Acts with the trigger's subject; an act that states none possibly has it. Without a subject there is nothing to
    /// join on.
    /// </summary>
    private Acts ActsOf(Row? trigger, long from) =>
        trigger is { SubjectNumber: >= 0 } about
            ? new Acts(
                _acts.CountingOf(
                    about.SubjectNumber,
                    unnamedToo: _standards.Favourable.Admits(Certainty.Possible),
                    _standards.Favourable,
                    _asOf,
                    from
                )
            )
            : new Acts(_acts.Counting(_standards.Favourable, _asOf, from));

    private bool InTime(Row act, long deadline) =>
        _standards.Favourable.Admits(
            act.End <= deadline ? Certainty.Certain
            : act.Start < deadline ? Certainty.Possible
            : Certainty.No
        );

    /// <summary>
    /// The first start, from <paramref name="from"/> on, of an act; or of one by which the running sum has reached the
    /// total.
    /// </summary>
    private long Reached(Acts own, long deadline, bool inTime, long from)
    {
        var sum = 0L;
        var at = Ticks.Never;
        foreach (var act in own)
        {
            // All acts with equal start are one time point.
            if (at != Ticks.Never && act.Start != at)
                return at;
            if (inTime && act.Start >= deadline)
                break;
            if (inTime && !InTime(act, deadline))
                continue;
            sum += Amount(act);
            if (act.Start >= from && (rule.Total is null || sum >= rule.Total.AtLeast))
                at = act.Start;
        }

        return at;
    }

    private long Amount(Row act) => _standards.Favourable.Match == Certainty.Certain ? act.Low : act.High;

    private Verdict VerdictAt(DutyTimeline timeline) => TermOf(timeline).At(_force.RunningAt(_asOf));

    private Term TermOf(DutyTimeline timeline) => timeline.At(_force.RunningAt(_asOf));

    private long DeadlineAt(DutyTimeline timeline) =>
        _force.Shift(timeline.Start, TermOf(timeline).FileDeadline, _asOf);

    /// <summary>The first act after the deadline of a breached duty; with a total the one that completes it.</summary>
    private long LateAt(DutyTimeline timeline)
    {
        var deadline = TermOf(timeline).Deadline;
        return Reached(
            ActsOf(timeline.Trigger, rule.Total is null ? Math.Max(timeline.ActsFrom, deadline) : timeline.ActsFrom),
            0,
            inTime: false,
            deadline
        );
    }

    private Duty DutyAt(DutyTimeline timeline)
    {
        var (term, verdict) = (TermOf(timeline), VerdictAt(timeline));
        var late = verdict == Verdict.Breached ? LateAt(timeline) : Ticks.Never;
        return new Duty
        {
            Key = timeline.Key,
            TriggeredAt = timeline.Start,
            Deadline = DeadlineAt(timeline),
            Inclusive = rule.Within is Span.Elapsed && term.Extensions.Count == 0,
            Verdict = verdict,
            FulfilledAt = verdict == Verdict.Fulfilled ? term.Fulfilled : Ticks.Never,
            LateAt = late,
            CuredAt = rule.LateCures ? late : Ticks.Never,
            Progress = rule.Total is { } total ? new Progress(total.Quantity, Sum(timeline), total.AtLeast) : null,
            DecidedBy = [.. Marks(timeline, term, verdict, late, _asOf)],
        };
    }

    private long Sum(DutyTimeline timeline)
    {
        var sum = 0L;
        foreach (var act in ActsOf(timeline.Trigger, timeline.ActsFrom))
            sum += Amount(act);
        return sum;
    }

    private IEnumerable<Mark> Marks(DutyTimeline timeline, Term term, Verdict verdict, long late, long at)
    {
        if (timeline.Trigger is { } trigger)
            yield return Mark.Of(Role.Trigger, trigger);
        // While nobody knows when a suspension ends, no extension gives another day.
        var hasDay = verdict != Verdict.Pending || _force.Shift(timeline.Start, term.FileDeadline, at) != Ticks.Never;
        foreach (var extension in hasDay ? term.Extensions : [])
            yield return new Mark(Role.Power, null, extension, Ticks.Of(((DeadlineExtended)extension.Event).Effective));
        var until = verdict == Verdict.Fulfilled ? term.Fulfilled : late;
        if (rule.Total is null && until == Ticks.Never)
            yield break;
        until = Math.Min(until, at);
        foreach (
            var act in ActsOf(
                timeline.Trigger,
                rule.Total is null ? Math.Max(timeline.ActsFrom, until) : timeline.ActsFrom
            )
        )
        {
            if (act.Start > until)
                break;
            var decides = rule.Total is null || Amount(act) > 0;
            if (decides && (verdict != Verdict.Fulfilled || InTime(act, term.Deadline)))
                yield return Mark.Of(
                    verdict != Verdict.Fulfilled && act.Start >= term.Deadline ? Role.LateAct : Role.Act,
                    act
                );
        }
    }

    /// <summary>The worst of all duties over time.</summary>
    private List<Step> Sweep(List<DutyTimeline> timelines)
    {
        var steps = new StepList(_force.From);
        steps.InForce(Reason.NoTrigger, Ticks.Never);
        var changes = new List<Change>(2 * timelines.Count);
        foreach (var timeline in timelines)
            timeline.AddChanges(changes, _force.Released);
        var instants = changes.ConvertAll(change => change.At);
        CollectionsMarshal.AsSpan(instants).Sort(CollectionsMarshal.AsSpan(changes));

        Span<int> count = stackalloc int[Enum.GetValues<Verdict>().Length];
        var first = 0;
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i].Was is { } was)
                count[(int)was]--;
            count[(int)changes[i].Is]++;
            var (at, next) = (changes[i].At, i + 1 < changes.Count ? changes[i + 1].At : Ticks.Never);
            if (next == at)
                continue;
            var worst = (Verdict)count.LastIndexOfAnyExcept(0);
            steps.Add(at, worst, ReasonOf(worst, at), DecidedBy(changes, first, i, worst));
            if (at < _force.Released && _force.Released < next)
                steps.Add(_force.Released, worst, ReasonOf(worst, _force.Released));
            first = i + 1;
        }

        return steps.Steps;
    }

    /// <summary>Timelines, which look at all of time, cite what decided each step.</summary>
    private List<Mark>? DecidedBy(List<Change> changes, int first, int last, Verdict worst)
    {
        if (_asOf != Ticks.Never)
            return null;
        var marks = new List<Mark>();
        for (var i = first; i <= last; i++)
        {
            if (changes[i].Is == worst)
                marks.AddRange(
                    Marks(changes[i].Timeline, changes[i].Timeline.At(changes[i].At), worst, Ticks.Never, changes[i].At)
                );
        }

        return marks;
    }

    private Reason ReasonOf(Verdict verdict, long at) =>
        verdict switch
        {
            Verdict.Fulfilled => Reason.ActInTime,
            Verdict.Breached => Reason.DeadlinePassed,
            _ => at < _force.Released ? Reason.BeforeDeadline : Reason.Released,
        };

    public IEnumerable<(Role Role, Pattern Pattern, EvidenceStandard Standard)> Parts() =>
        rule.Trigger is null
            ? [(Role.Act, rule.Act, _standards.Favourable)]
            : [(Role.Act, rule.Act, _standards.Favourable), (Role.Trigger, rule.Trigger, _standards.Unfavourable)];

    public IReadOnlyList<Failure> TimeFailures(Role role, EvidenceStandard standard, Fact fact, Outcome outcome)
    {
        if (role != Role.Act)
            return context.OutsideForce(standard, fact);
        // An act misses every duty; the one it misses by least tells why. Fulfilled duties miss nothing.
        var missed = outcome
            .Duties.Where(duty => duty.Verdict != Verdict.Fulfilled)
            .Select(duty => MissedDuty.Failures(duty, standard, fact, _days.Zone))
            .ToList();
        return missed.Count > 0 ? missed.MinBy(failures => failures.Count)!
            : _force.From > _asOf ? [new Failure(Condition.TooEarly, "it happened before the provision was in force")]
            : [];
    }

    public Upcoming? Next(Duty duty)
    {
        if (duty.Verdict != Verdict.Pending || _force.Released <= _asOf || duty.Deadline == Ticks.Never)
            return null;
        if (duty.Deadline > _asOf)
            return new Upcoming(duty.Deadline, Coming.Deadline, Needs(duty));
        return _force.FirstUnsuspended(duty.Deadline) is var resumed && resumed != Ticks.Never
            ? new Upcoming(resumed, Coming.Deadline, "Its deadline passed while it was suspended: it is breached then.")
            : null;
    }

    public string Arithmetic(Duty duty)
    {
        var (zone, start) = (_days.Zone, Ticks.ToInstant(duty.TriggeredAt));
        var dayEnds =
            _provision.DayEnds == DayEnds.End
                ? " (the day counts)"
                : " (the file ends the day at the midnight it begins with)";
        return rule switch
        {
            { By: { } day } when duty.Deadline == Earliest =>
                $"its condition holds from {English.Since(start, zone)}; due by the end of that day, as {English.Day(day)} had passed",
            { By: { } day } => $"in force from {English.Since(start, zone)}; due by {English.Day(day)}{dayEnds}",
            { Within: Span.Elapsed elapsed } =>
                $"triggered at {English.Local(start, zone)}; due within {elapsed}, exactly and inclusive",
            { Within: Span.Calendar span } =>
                $"triggered on {English.Day(zone.DayOf(start))}; due within {span}, which is {English.Day(span.After(zone.DayOf(start)))}{dayEnds}",
            _ => "",
        };
    }

    private string Needs(Duty duty)
    {
        var about = duty.Key is null ? "" : $" for {duty.Key}";
        return duty.Progress is { } progress
            ? $"Needs {progress.AtLeast - progress.Reached} more {progress.Quantity}{about} ({progress.Reached} of {progress.AtLeast} are known)."
            : $"Needs a report{about} that shows it done: {_provision.Title.In("en")}.";
    }
}
