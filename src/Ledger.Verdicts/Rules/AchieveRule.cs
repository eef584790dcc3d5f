using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>An act must happen by a deadline: once, or for every trigger.</summary>
internal sealed class AchieveRule(Rule.Achieve rule, Provision provision, Agreement reading, Force force, IEnumerable<Row> acts, Sieves sieves, long asOf)
{
    private readonly List<Row> acts = [.. acts.Where(row => row.Start <= asOf && sieves.Favourable.Admits(row))];
    private readonly Dictionary<string, List<Row>> bySubject = new(StringComparer.Ordinal);

    /// <summary>A duty, and how it went: the acts that may fulfil it and what each of its deadlines made of them.</summary>
    /// <param name="Visible">Ticks from which there is a duty to speak of.</param>
    private sealed record Course(string? Key, Row? Trigger, long Start, long Visible, List<Row> Acts, List<Term> Terms)
    {
        public Term At(long ticks) => Terms.FindLast(term => term.From <= ticks)!;
    }

    /// <summary>From an instant on, until the next extension: the deadline, and when the duty is fulfilled or breached under it.</summary>
    private sealed record Term(long From, long FileDeadline, long Deadline, long Fulfilled, long Breached, IReadOnlyList<Entry> Extensions)
    {
        public (Verdict Verdict, Reason Reason) At(long ticks) =>
            ticks >= Fulfilled ? (Verdict.Fulfilled, Reason.ActInTime)
            : ticks >= Breached ? (Verdict.Breached, Reason.DeadlinePassed)
            : (Verdict.Pending, Reason.BeforeDeadline);
    }

    public Outcome Evaluate(IEnumerable<Row> triggers)
    {
        var courses = (rule.Trigger is null ? Single() : triggers.Select(Triggered)).OfType<Course>().Where(course => course.Visible <= asOf).ToList();
        return new Outcome(Sweep(courses), [.. courses.Select(DutyAt)]);
    }

    private IEnumerable<Course?> Single()
    {
        if (force.From >= force.Until)
            return [];
        var deadline = Ticks.Of(provision.DayEnds.DeadlineOf(rule.By!.Value, reading.TimeZone));
        return [CourseOf(null, null, force.From, force.ActsFrom, deadline, acts)];
    }

    private Course? Triggered(Row trigger)
    {
        var surely = Certainty.No;
        if (trigger.Start < force.Until && trigger.End > force.From)
            surely = trigger.Start >= force.From && trigger.End <= force.Until ? Certainty.Certain : Certainty.Possible;
        if (!sieves.Unfavourable.Admits(trigger) || !sieves.Unfavourable.Admits(surely))
            return null;
        var deadline = Ticks.Of(rule.Within!.DeadlineAfter(Ticks.ToInstant(trigger.Start), reading.TimeZone, provision.DayEnds));
        return CourseOf(trigger.Subject, trigger, trigger.Start, trigger.Start, deadline, JoinedOn(trigger.Subject));
    }

    /// <summary>Acts with that subject; an act that states none possibly has it. Without a subject there is nothing to join on.</summary>
    private List<Row> JoinedOn(string? subject)
    {
        if (subject is null)
            return acts;
        if (!bySubject.TryGetValue(subject, out var joined))
            bySubject[subject] = joined = acts.FindAll(act => act.Subject == subject || (act.Subject is null && sieves.Favourable.Admits(Certainty.Possible)));
        return joined;
    }

    private Course CourseOf(string? key, Row? trigger, long start, long actsFrom, long deadline, List<Row> joined)
    {
        var own = joined.FindAll(act => act.Start >= actsFrom);
        var visible = Math.Max(start, force.From);
        var terms = force.Deadlines(start, deadline, key).ConvertAll(d =>
        {
            var shifted = force.Shift(start, d.Deadline);
            var late = force.FirstUnsuspended(Math.Max(shifted, visible));
            return new Term(d.From, d.Deadline, shifted, Fulfilment(own, shifted), late >= force.Released ? Ticks.Never : late, d.Extensions);
        });
        return new Course(key, trigger, start, visible, own, terms);
    }

    private bool InTime(Row act, long deadline) =>
        sieves.Favourable.Admits(act.End <= deadline ? Certainty.Certain : act.Start < deadline ? Certainty.Possible : Certainty.No);

    private long Fulfilment(List<Row> own, long deadline) => Reached(own.Where(act => InTime(act, deadline)), Ticks.Always);

    /// <summary>The first start, from <paramref name="from"/> on, of an act; or of one by which the running sum has reached the total.</summary>
    private long Reached(IEnumerable<Row> counted, long from)
    {
        var sum = 0L;
        // All acts with equal start are one time point.
        foreach (var moment in counted.GroupBy(act => act.Start))
        {
            sum += moment.Sum(Amount);
            if (moment.Key >= from && (rule.Total is null || sum >= rule.Total.AtLeast))
                return moment.Key;
        }

        return Ticks.Never;
    }

    private long Amount(Row act) => sieves.Favourable.Match == Certainty.Certain ? act.Low : act.High;

    private Duty DutyAt(Course course)
    {
        var term = course.At(asOf);
        var verdict = term.At(asOf).Verdict;
        var deadline = force.Shift(course.Start, term.FileDeadline, asOf);
        var late = verdict == Verdict.Breached ? Reached(course.Acts, term.Deadline) : Ticks.Never;
        return new Duty
        {
            Key = course.Key,
            TriggeredAt = course.Start,
            Deadline = deadline,
            Verdict = verdict,
            FulfilledAt = verdict == Verdict.Fulfilled ? term.Fulfilled : Ticks.Never,
            LateAt = late,
            CuredAt = rule.LateCures ? late : Ticks.Never,
            Progress = rule.Total is { } total ? new Progress(total.Quantity, course.Acts.Sum(Amount), total.AtLeast) : null,
            DecidedBy = [.. Marks(course, term, verdict, late, asOf)],
        };
    }

    private IEnumerable<Mark> Marks(Course course, Term term, Verdict verdict, long late, long at)
    {
        if (course.Trigger is { } trigger)
            yield return new Mark(Role.Trigger, trigger.Fact, null, trigger.Start);
        foreach (var extension in term.Extensions)
            yield return new Mark(Role.Power, null, extension, Ticks.Of(((DeadlineExtended)extension.Event).Effective));
        var until = Math.Min(verdict == Verdict.Fulfilled ? term.Fulfilled : late, at);
        foreach (var act in course.Acts)
        {
            var decides = rule.Total is null ? act.Start == until : act.Start <= until && Amount(act) > 0;
            if (decides && (verdict != Verdict.Fulfilled || InTime(act, term.Deadline)))
                yield return new Mark(verdict == Verdict.Fulfilled ? Role.Act : act.Start >= term.Deadline ? Role.LateAct : Role.Act, act.Fact, null, act.Start);
        }
    }

    /// <summary>The worst of all duties over time.</summary>
    private List<Step> Sweep(List<Course> courses)
    {
        var steps = new StepList();
        steps.Add(Ticks.Always, Verdict.Holding, Reason.NotYetInForce);
        if (force.From != Ticks.Never)
            steps.Add(force.From, Verdict.Holding, Reason.NoTrigger);

        var changes = courses.SelectMany(Changes).OrderBy(change => change.At).ToList();
        var count = new int[Enum.GetValues<Verdict>().Length];
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i].Was is { } was)
                count[(int)was]--;
            count[(int)changes[i].Is]++;
            var (at, next) = (changes[i].At, i + 1 < changes.Count ? changes[i + 1].At : Ticks.Never);
            if (next == at)
                continue;
            var worst = (Verdict)Array.FindLastIndex(count, n => n > 0);
            var deciding = changes.Skip(FirstAt(changes, i)).Take(i - FirstAt(changes, i) + 1).Where(c => c.Is == worst);
            steps.Add(at, worst, ReasonOf(worst, at), [.. deciding.SelectMany(c => Marks(c.Course, c.Course.At(at), worst, Ticks.Never, at))]);
            if (at < force.Released && force.Released < next)
                steps.Add(force.Released, worst, ReasonOf(worst, force.Released));
        }

        return steps.Steps;
    }

    private static int FirstAt(List<(long At, Verdict? Was, Verdict Is, Course Course)> changes, int index)
    {
        while (index > 0 && changes[index - 1].At == changes[index].At)
            index--;
        return index;
    }

    private IEnumerable<(long At, Verdict? Was, Verdict Is, Course Course)> Changes(Course course)
    {
        Verdict? was = null;
        var instants = course.Terms
            .SelectMany(term => (long[])[term.From, term.Fulfilled, term.Breached])
            .Append(course.Visible)
            .Where(at => at >= course.Visible && at != Ticks.Never)
            .Distinct().Order();
        foreach (var at in instants)
        {
            var now = course.At(at).At(at).Verdict;
            if (now != was)
                yield return (at, was, now, course);
            was = now;
        }
    }

    private Reason ReasonOf(Verdict verdict, long at) => verdict switch
    {
        Verdict.Fulfilled => Reason.ActInTime,
        Verdict.Breached => Reason.DeadlinePassed,
        _ => at < force.Released ? Reason.BeforeDeadline : Reason.Released,
    };
}
