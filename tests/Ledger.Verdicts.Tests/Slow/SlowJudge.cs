using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Verdicts.Tests.Slow;

/// <summary>How surely and how well established a fact must be to count.</summary>
public readonly record struct SlowSieve(Level Threshold, Certainty Match)
{
    public bool Takes(Certainty certainty) => certainty != Certainty.No && certainty >= Match;
}

/// <summary>Sieves for favourable and for unfavourable facts.</summary>
/// <param name="For">Sieve of favourable facts.</param>
/// <param name="Against">Sieve of unfavourable facts.</param>
/// <param name="Conditions">The sieve by which the conditions of the provision are taken; null where it is the same.</param>
public readonly record struct SlowSieves(SlowSieve For, SlowSieve Against, SlowSieve? Conditions = null)
{
    public static readonly SlowSieves[] AllPlain =
    [
        .. from level in new[] { Level.Alleged, Level.Corroborated, Level.Confirmed }
        from certainty in new[] { Certainty.Possible, Certainty.Certain }
        let sieve = new SlowSieve(level, certainty)
        select new SlowSieves(sieve, sieve),
    ];

    public bool IsPlain => For == Against;

    public bool IsBest => (For, Against) == (Wide, Narrow);

    public bool IsWorst => (For, Against) == (Narrow, Wide);

    public static readonly SlowSieve Wide = new(Level.Alleged, Certainty.Possible);

    public static readonly SlowSieve Narrow = new(Level.Confirmed, Certainty.Certain);

    public static readonly SlowSieves Best = new(Wide, Narrow);

    public static readonly SlowSieves Worst = new(Narrow, Wide);
}

/// <summary>One duty of an achieve provision, as it stands.</summary>
public sealed record SlowDuty(
    string? Key,
    Instant Start,
    Instant? Deadline,
    string Verdict,
    Instant? FulfilledAt,
    Instant? LateAt,
    long Reached
);

/// <summary>
/// docs/verdicts.md, sections 6 to 12, sentence by sentence: what holds at one instant, found by asking about that instant.
/// Slow on purpose, and it shares nothing with the engine but the types of the domain.
/// </summary>
public sealed class SlowJudge
{
    public static readonly string[] FromBestToWorst = ["Fulfilled", "Holding", "Pending", "Unknown", "Breached"];

    private readonly SlowFacts entries;
    private readonly SlowMatch match;
    private readonly List<SlowFact> facts;
    private readonly List<Instant> instants;
    private readonly Dictionary<(string, SlowSieves), Instant?> breaches = [];
    private readonly Dictionary<(string, SlowSieves), List<(Instant At, string Verdict)>> courses = [];
    private readonly Dictionary<(Proviso, SlowSieves), List<(Instant At, bool Holds)>> conditions = [];

    private readonly Dictionary<(Pattern, SlowSieve), List<(SlowFact Fact, Certainty Match)>> matching = [];

    /// <param name="entries">What is known and live.</param>
    /// <param name="reading">The reading to judge by.</param>
    /// <param name="asOf">"A fact that starts after V does not exist yet."</param>
    /// <param name="instants">Every instant at which anything may change, in order: where a question is about a time
    /// before, these are tried.</param>
    public SlowJudge(SlowFacts entries, Agreement reading, Instant asOf, List<Instant> instants)
    {
        (this.entries, Reading, this.instants, AsOf) = (entries, reading, instants, asOf);
        match = new SlowMatch(reading, entries.Live<ZoneDelimited>());
        facts = [.. entries.Facts(reading).Where(f => f.Start <= asOf)];
    }

    public Agreement Reading { get; }

    public Instant AsOf { get; }

    public SlowForce Force(Provision provision, SlowSieves sieves) =>
        new(
            Reading,
            provision,
            provision.ActivatedBy is { } other ? BreachOf(other, sieves with { Conditions = null }) : null,
            provision.When is { } when ? CourseOf(when, sieves) : [],
            entries.Live<PowerExercised>()
        );

    // conditions

    /// <summary>When a condition begins and ceases to hold, up to the instant asked about; it goes on as it is then.</summary>
    private List<(Instant At, bool Holds)> CourseOf(Proviso condition, SlowSieves sieves)
    {
        var plain = sieves.Conditions is { } sieve ? new SlowSieves(sieve, sieve) : sieves;
        if (conditions.TryGetValue((condition, plain), out var known))
            return known;
        var course = new List<(Instant At, bool Holds)>();
        foreach (var t in instants.TakeWhile(t => t <= AsOf))
        {
            if (Holds(condition, plain, t) is var holds && holds != course.LastOrDefault().Holds)
                course.Add((t, holds));
        }

        return conditions[(condition, plain)] = course;
    }

    private bool Holds(Proviso condition, SlowSieves sieves, Instant t) =>
        condition switch
        {
            Proviso.Any any => any.Of.Any(one => Holds(one, sieves, t)),
            Proviso.All all => all.Of.All(one => Holds(one, sieves, t)),
            Proviso.Stands { Lasts: true } stands => VerdictsOf(stands.Provision, sieves)
                .Any(v => v.At <= t && stands.Is.Contains(v.Verdict)),
            Proviso.Stands stands => stands.Is.Contains(
                VerdictsOf(stands.Provision, sieves).LastOrDefault(v => v.At <= t).Verdict
            ),
            _ => throw new InvalidOperationException(),
        };

    /// <summary>Every change of how a provision stands, from its first instant in force on, in the words of the file.</summary>
    private List<(Instant At, string Verdict)> VerdictsOf(string id, SlowSieves sieves)
    {
        if (courses.TryGetValue((id, sieves), out var known))
            return known;
        var course = courses[(id, sieves)] = [];
        if (Reading.Provision(id) is not { } other)
            return course;
        var from = Force(other, sieves).From;
        foreach (var t in instants.Where(t => t >= from && t <= AsOf))
        {
            if (Verdict(other, sieves, t).ToLowerInvariant() is var now && now != course.LastOrDefault().Verdict)
                course.Add((t, now));
        }

        return course;
    }

    /// <summary>"The duty begins when the condition first holds", if the provision is in force then.</summary>
    private Instant? Began(Provision provision, Proviso after, SlowSieves sieves, SlowForce force) =>
        CourseOf(after, sieves) is [(var at, true), ..] && at >= force.From && at < force.Until ? at : null;

    /// <summary>"While its zone has never been delimited at K it is unknown."</summary>
    public bool IsWithoutLine(Provision provision) => provision.RequiresZone is { } zone && !match.EverDelimited(zone);

    /// <summary>The verdict at t on the facts that there are.</summary>
    public string Verdict(Provision provision, SlowSieves sieves, Instant t)
    {
        if (IsWithoutLine(provision))
            return "Unknown";
        // "In the bounds a condition is taken as each lens takes it."
        if (provision.Provisos.Any() && !sieves.IsPlain && sieves.Conditions is null)
        {
            var verdicts = SlowSieves.AllPlain.Select(s => Verdict(provision, sieves with { Conditions = s.For }, t));
            return sieves.IsWorst
                ? verdicts.MaxBy(v => Array.IndexOf(FromBestToWorst, v))!
                : verdicts.MinBy(v => Array.IndexOf(FromBestToWorst, v))!;
        }

        var force = Force(provision, sieves);
        var last = force.InForceAt(t);
        var verdict = provision.Rule switch
        {
            Rule.Achieve => Worst(Duties(provision, sieves, t).Select(d => d.Verdict)),
            Rule.Forbid => Violations(provision, sieves, t).Exists(v => last < QuietAfter(provision, v.At))
                ? "Breached"
                : "Holding",
            Rule.Maintain => Subjects(provision, sieves).Any(s => IsWrong(provision, sieves, force, s, last))
                ? "Breached"
                : "Holding",
            Rule.Recur => IsOverdue(provision, sieves, force, last) ? "Breached" : "Holding",
            Rule.Periodic => PeriodicVerdict(provision, sieves, t),
            Rule.Limit => LimitVerdict(provision, sieves, force, last),
            Rule.Judged => Finding(provision, t)?.Verdict ?? "Unknown",
            _ => throw new InvalidOperationException(),
        };
        var mustBeSeen =
            provision.CoverageRequired && provision.Rule is (Rule.Forbid or Rule.Maintain or Rule.Recur or Rule.Limit);
        return mustBeSeen && verdict == "Holding" && force.Binds(last) && !IsWatched(provision, last)
            ? "Unknown"
            : verdict;
    }

    /// <summary>"Breached, unknown, pending, holding, fulfilled"; "no trigger yet is holding".</summary>
    private static string Worst(IEnumerable<string> verdicts) =>
        verdicts.DefaultIfEmpty("Holding").MaxBy(v => Array.IndexOf(FromBestToWorst, v))!;

    private List<(SlowFact Fact, Certainty Match)> Matching(Pattern pattern, SlowSieve sieve)
    {
        if (matching.TryGetValue((pattern, sieve), out var found))
            return found;
        found =
        [
            .. facts
                .Select(f => (Fact: f, Match: match.Match(pattern, f.Content)))
                .Where(m => sieve.Takes(m.Match) && m.Fact.Level.Meets(sieve.Threshold))
                .OrderBy(m => m.Fact.Start),
        ];
        return matching[(pattern, sieve)] = found;
    }

    private Instant? BreachOf(string id, SlowSieves sieves)
    {
        if (breaches.TryGetValue((id, sieves), out var known))
            return known;
        breaches[(id, sieves)] = null;
        Instant? breach = null;
        if (Reading.Provision(id) is { } other)
        {
            foreach (var t in instants.TakeWhile(t => t <= AsOf))
            {
                if (Verdict(other, sieves, t) != "Breached")
                    continue;
                breach = t;
                break;
            }
        }

        return breaches[(id, sieves)] = breach;
    }

    // achieve

    public List<SlowDuty> Duties(Provision provision, SlowSieves sieves, Instant t)
    {
        var rule = (Rule.Achieve)provision.Rule;
        var force = Force(provision, sieves);
        var acts = Matching(rule.Act, sieves.For).ConvertAll(m => m.Fact).FindAll(f => f.Start <= t);
        if (rule.By is { } day)
        {
            if (force.From >= force.Until || force.From > t)
                return [];
            var from = ActsFrom(provision, sieves, force);
            return
            [
                Duty(
                    provision,
                    sieves,
                    force,
                    null,
                    force.From,
                    Instant.Max(provision.DayEnds.DeadlineOf(day, Reading.TimeZone), Earliest(provision, force)),
                    acts.FindAll(a => a.Start >= from),
                    t
                ),
            ];
        }

        if (rule.After is { } after)
        {
            if (Began(provision, after, sieves, force) is not { } began || began > t)
                return [];
            var due = rule.Within!.DeadlineAfter(began, Reading.TimeZone, provision.DayEnds);
            return [Duty(provision, sieves, force, null, began, due, acts.FindAll(a => a.Start >= began), t)];
        }

        var duties = new List<SlowDuty>();
        foreach (var (trigger, _) in Matching(rule.Trigger!, sieves.Against))
        {
            var inForce =
                trigger.Start >= force.From && trigger.End <= force.Until ? Certainty.Certain
                : trigger.Start < force.Until && trigger.End > force.From ? Certainty.Possible
                : Certainty.No;
            if (!sieves.Against.Takes(inForce) || Instant.Max(trigger.Start, force.From) > t)
                continue;
            var subject = trigger.Content.Subject;
            var joined = acts.FindAll(a =>
                a.Start >= trigger.Start
                && sieves.For.Takes(
                    subject is null || a.Content.Subject == subject ? Certainty.Certain
                    : a.Content.Subject is null ? Certainty.Possible
                    : Certainty.No
                )
            );
            duties.Add(
                Duty(
                    provision,
                    sieves,
                    force,
                    subject,
                    trigger.Start,
                    rule.Within!.DeadlineAfter(trigger.Start, Reading.TimeZone, provision.DayEnds),
                    joined,
                    t
                )
            );
        }

        return duties;
    }

    private Instant ActsFrom(Provision provision, SlowSieves sieves, SlowForce force)
    {
        if (provision.ActivatedBy is not { } other || sieves.IsPlain)
            return force.Begins;
        var starts = SlowSieves
            .AllPlain.Append(sieves with { Conditions = null })
            .Select(s => BreachOf(other, s))
            .OfType<Instant>()
            .ToList();
        var first = Reading.TimeZone.AtStartOfDay(provision.From).ToInstant();
        return starts.Count == 0 ? Instant.MaxValue : Instant.Max(first, sieves.IsBest ? starts.Min() : starts.Max());
    }

    /// <summary>"A day does not end a duty before the day on which its condition first held is over."</summary>
    private Instant Earliest(Provision provision, SlowForce force) =>
        provision is { When: not null, Rule: Rule.Achieve { By: not null } }
            ? StartOf(DayOf(force.From).PlusDays(1))
            : Instant.MinValue;

    private SlowDuty Duty(
        Provision provision,
        SlowSieves sieves,
        SlowForce force,
        string? key,
        Instant start,
        Instant file,
        List<SlowFact> acts,
        Instant t
    )
    {
        var rule = (Rule.Achieve)provision.Rule;
        var running = force.RunningAt(t);
        var extended = force.Extended(start, key, running) is { } day
            ? Instant.Max(day, Earliest(provision, force))
            : (Instant?)null;
        var deadline = force.Moved(start, extended ?? file, Instant.MaxValue);
        long Amount(SlowFact f) =>
            rule.Total is { } total && f.Content.Quantities.TryGetValue(total.Quantity, out var q)
                ? sieves.For.Match == Certainty.Certain
                    ? q.Low
                    : q.High
                : 0;
        Instant? Done(List<SlowFact> counted, Instant from)
        {
            foreach (var at in counted.Select(a => a.Start).Distinct().Order().Where(a => a >= from))
            {
                if (rule.Total is null || counted.Where(a => a.Start <= at).Sum(Amount) >= rule.Total.AtLeast)
                    return at;
            }

            return null;
        }

        // "Certainly in time if the occurrence ends by the deadline, possibly if it starts before."
        var inTime = acts.FindAll(a =>
            a.Start <= running
            && (
                deadline is null
                || sieves.For.Takes(
                    a.End <= deadline ? Certainty.Certain
                    : a.Start < deadline ? Certainty.Possible
                    : Certainty.No
                )
            )
        );
        var fulfilled = Done(inTime, Instant.MinValue);
        var breached =
            fulfilled is null && deadline is { } d && IsBreachedBy(force, Instant.Max(d, force.From), running);
        return new SlowDuty(
            key,
            start,
            // "48 hours is exact and inclusive": the deadline itself is in time, while a day's is the midnight after
            // it.
            rule.Within is Span.Elapsed
            && extended is null
                ? force.Moved(start, file, t) - Instants.Microsecond
                : force.Moved(start, extended ?? file, t),
            fulfilled is not null ? "Fulfilled"
                : breached ? "Breached"
                : "Pending",
            fulfilled,
            breached ? Done(acts, deadline!.Value) : null,
            acts.Sum(Amount)
        );
    }

    /// <summary>
    /// "Breached once V is past the deadline", but "while suspended nothing is violated", and after a release neither.
    /// </summary>
    private static bool IsBreachedBy(SlowForce force, Instant late, Instant t) =>
        force
            .Boundaries.Where(b => b > late)
            .Prepend(late)
            .Any(s => s <= t && s < force.Released && !force.IsSuspended(s));

    // forbid

    public List<(SlowFact Fact, Instant At)> Violations(Provision provision, SlowSieves sieves, Instant t)
    {
        var force = Force(provision, sieves);
        return
        [
            .. Matching(((Rule.Forbid)provision.Rule).Act, sieves.Against)
                .Select(m => (m.Fact, Window: force.Window(m.Fact.Start, m.Fact.End)))
                .Where(m => sieves.Against.Takes(m.Window.Surely) && m.Window.First <= t)
                .Select(m => (m.Fact, m.Window.First)),
        ];
    }

    /// <summary>"Holding again, cured, once so long has passed since the last violation."</summary>
    public Instant? CuredAt(Provision provision, SlowSieves sieves, Instant t) =>
        Violations(provision, sieves, t) is { Count: > 0 } violations
        && QuietAfter(provision, violations.Max(v => v.At)) is var quiet
        && quiet <= t
        && quiet < Force(provision, sieves).Until
            ? quiet
            : null;

    private Instant QuietAfter(Provision provision, Instant violation) =>
        ((Rule.Forbid)provision.Rule).QuietPeriod switch
        {
            null => Instant.MaxValue,
            Span.Elapsed elapsed => violation + elapsed.Length,
            Span.Calendar days => StartOf(days.After(DayOf(violation)).PlusDays(1)),
            _ => throw new InvalidOperationException(),
        };

    // maintain

    public IEnumerable<string> Subjects(Provision provision, SlowSieves sieves)
    {
        var rule = (Rule.Maintain)provision.Rule;
        var (enter, leave) = MaintainSieves(rule, sieves);
        var moved = Matching(rule.Enters, enter).Concat(Matching(rule.Leaves, leave));
        if (rule.Required == Presence.Present)
            moved = moved.Concat(Matching(rule.Enters, sieves.Against));
        return moved
            .Select(m => m.Fact.Content.Subject ?? "")
            .Concat(rule.Required == Presence.Present ? rule.Subjects : [])
            .Distinct();
    }

    private static (SlowSieve Enter, SlowSieve Leave) MaintainSieves(Rule.Maintain rule, SlowSieves sieves) =>
        rule.Required == Presence.Absent ? (sieves.Against, sieves.For) : (sieves.For, sieves.Against);

    public bool IsWrong(Provision provision, SlowSieves sieves, SlowForce force, string subject, Instant t)
    {
        if (!force.Binds(t))
            return false;
        var rule = (Rule.Maintain)provision.Rule;
        var (enter, leave) = MaintainSieves(rule, sieves);
        bool Here(SlowFact f) => f.Start <= t && (f.Content.Subject ?? "") == subject;
        var enters = Matching(rule.Enters, enter).Select(m => m.Fact).Where(Here).ToList();
        var leaves = Matching(rule.Leaves, leave).Select(m => m.Fact).Where(Here).ToList();
        var binding = Matching(rule.Enters, sieves.Against).Select(m => m.Fact).Where(Here).ToList();

        // "With equal time the entry wins, so the subject is inside."
        var lastIn = enters.Count == 0 ? (Instant?)null : enters.Max(f => f.Start);
        var lastOut = leaves.Count == 0 ? (Instant?)null : leaves.Max(f => f.Start);
        if (rule.Required == Presence.Absent)
            return lastIn is not null && !(lastOut > lastIn);

        // "A subject that was once inside, or that the file lists, is outside." Who once entered is inside from then
        // until they leave.
        var once = binding.Count == 0 ? (Instant?)null : binding.Min(f => f.Start);
        if (!rule.Subjects.Contains(subject))
        {
            if (once is null)
                return false;
            lastIn = lastIn is null ? once : Instant.Max(lastIn.Value, once.Value);
        }

        return lastIn is null || lastOut > lastIn;
    }

    // recur

    /// <summary>"When the next act is due": the latest day that an act done by t, or the start of force, gives.</summary>
    public Instant? Due(Provision provision, SlowSieves sieves, SlowForce force, Instant t)
    {
        var dues = Covers(provision, sieves, force, t).Where(c => c.Done <= t).Select(c => c.Due).ToList();
        return dues.Contains(null) ? null : dues.Max();
    }

    /// <summary>"A gap is binding time that no act covers."</summary>
    public bool IsOverdue(Provision provision, SlowSieves sieves, SlowForce force, Instant t) =>
        force.Binds(t) && !Covers(provision, sieves, force, Instant.MaxValue).Any(c => c.Done <= t && !(t >= c.Due));

    private IEnumerable<(Instant Done, Instant? Due)> Covers(
        Provision provision,
        SlowSieves sieves,
        SlowForce force,
        Instant powersBy
    )
    {
        var rule = (Rule.Recur)provision.Rule;
        var certain = sieves.For.Match == Certainty.Certain;
        Instant? After(Instant last) => force.Moved(last, StartOf(rule.Every.After(DayOf(last)).PlusDays(1)), powersBy);
        // "The start of force counts as an occurrence for the deadline", and so does each later start.
        foreach (var start in force.Starts)
            yield return (start, After(start));
        foreach (
            var act in Matching(rule.Act, sieves.For)
                .Select(m => m.Fact)
                .Where(f => f.Start >= force.From && f.Start < force.Until)
        )
        {
            var (first, last) = (act.Start, act.End - Instants.Microsecond);
            // "Certainly done by its last instant, possibly just after its first"; "the next is due, certainly, after its
            // first day, possibly after its last".
            var done =
                first == last ? first
                : certain ? last
                : first + Instants.Microsecond;
            var (due, later) = (After(first), After(last));
            yield return (
                done,
                certain ? due
                : due is null || later is null ? null
                : Instant.Max(due.Value, later.Value)
            );
        }
    }

    // recur, by calendar periods

    /// <summary>A calendar period as it stands at t: what was reached in it, and when all of it was.</summary>
    public sealed record SlowPeriod(
        Instant From,
        Instant Until,
        bool Owed,
        List<long> Sums,
        Instant? KeptAt,
        bool Seen
    );

    /// <summary>Every period of which some part lies in force by t.</summary>
    public List<SlowPeriod> Periods(Provision provision, SlowSieves sieves, Instant t)
    {
        var rule = (Rule.Periodic)provision.Rule;
        var force = Force(provision, sieves);
        var periods = new List<SlowPeriod>();
        var day = rule.Each.Months > 0 ? provision.From.With(DateAdjusters.StartOfMonth) : provision.From;
        while (StartOf(day) <= t && StartOf(day) < force.Until)
        {
            var next = day.PlusMonths(rule.Each.Months).PlusDays(rule.Each.Days);
            // "The end of force cuts the last period."
            var (from, whole) = (StartOf(day), StartOf(next));
            var until = Instant.Min(whole, force.Until);
            day = next;
            if (until <= force.From)
                continue;
            var begun = rule.CutIsOwed ? Instant.Max(from, force.From) : from;
            var owed = (rule.CutIsOwed || until == whole) && force.Window(begun, until).Surely == Certainty.Certain;
            var (sums, reached) = (new List<long>(), new List<Instant?>());
            foreach (var total in rule.Totals.IsEmpty ? [null] : rule.Totals.Cast<Total?>())
            {
                var (sum, at) = (0L, (Instant?)null);
                foreach (var (act, _) in Matching(rule.Act, sieves.For).Where(m => m.Fact.Start <= t))
                {
                    // "Told over several periods it is certain in none and possible in each."
                    var inside =
                        act.Start >= from && act.End <= until ? Certainty.Certain
                        : act.Start < until && act.End > from ? Certainty.Possible
                        : Certainty.No;
                    if (!sieves.For.Takes(inside))
                        continue;
                    var stated = total is null ? null : act.Content.Quantities.GetValueOrDefault(total.Quantity);
                    sum +=
                        total is null ? 1
                        : stated is null ? 0
                        : sieves.For.Match == Certainty.Certain ? stated.Low
                        : stated.High;
                    if (sum >= (total?.AtLeast ?? 1))
                        at ??= Instant.Max(act.Start, from);
                }

                sums.Add(sum);
                reached.Add(at);
            }

            periods.Add(
                new SlowPeriod(
                    from,
                    until,
                    owed,
                    rule.Totals.IsEmpty ? [] : sums,
                    reached.Contains(null) ? null : reached.Max(),
                    !provision.CoverageRequired || IsWatchedThrough(provision, Instant.Max(from, force.From), until)
                )
            );
        }

        return periods;
    }

    public static bool IsShort(SlowPeriod period, Instant t) =>
        period.Owed && period.Until <= t && period.KeptAt is null;

    /// <summary>"Missed at its end"; "a short period that was not watched whole is no miss, but unknown".</summary>
    private string PeriodicVerdict(Provision provision, SlowSieves sieves, Instant t)
    {
        var rule = (Rule.Periodic)provision.Rule;
        if (Force(provision, sieves) is var force && force.From > t)
            return "Holding";
        var verdict = "Holding";
        foreach (var period in Periods(provision, sieves, t))
        {
            if (rule.Heals && period.KeptAt <= t)
                verdict = "Holding";
            if (IsShort(period, t) && verdict != "Breached")
                verdict = period.Seen ? "Breached" : "Unknown";
        }

        return verdict;
    }

    private bool IsWatchedThrough(Provision provision, Instant from, Instant until) =>
        entries
            .Live<CoverageRecorded>()
            .Select(e => (CoverageRecorded)e.Event)
            .SelectMany(c => (Instant[])[c.From, c.Until])
            .Where(i => i > from && i < until)
            .Prepend(from)
            .All(i => IsWatched(provision, i));

    // limit

    /// <summary>
    /// "Of every subject the latest count, then what came and went." Every choice among doubtful counts is tried, so that
    /// the stock goes from the lowest of the results to the highest.
    /// </summary>
    public long Stock(Rule.Limit rule, SlowSieve adding, SlowSieve taking, bool asHigh, Instant t)
    {
        var counts = Counts(rule, Wider(adding, taking)).FindAll(f => f.Start <= t);
        var adds = rule.Adds is null
            ? []
            : Matching(rule.Adds, adding).ConvertAll(m => m.Fact).FindAll(f => f.Start <= t);
        var takes = rule.Takes is null
            ? []
            : Matching(rule.Takes, taking).ConvertAll(m => m.Fact).FindAll(f => f.Start <= t);
        var certain = Counts(rule, adding).Intersect(Counts(rule, taking)).ToList();
        var total = 0L;
        foreach (var subject in counts.Concat(adds).Concat(takes).Select(f => f.Content.Subject).Distinct().ToList())
        {
            bool Its(SlowFact f) => f.Content.Subject == subject;
            long Least(SlowFact f) => f.Content.Quantities.GetValueOrDefault(rule.Quantity)?.Low ?? 0;
            long Most(SlowFact f) => f.Content.Quantities.GetValueOrDefault(rule.Quantity)?.High ?? 0;
            var results = new List<long>();
            // A base: the last certain count, or any doubtful one after or with it; without a certain one, nothing too.
            var last = certain.Where(f => Its(f) && f.Start <= t).Select(f => (Instant?)f.Start).Max();
            var bases = counts.FindAll(f => Its(f) && !(f.Start < last)).ConvertAll(f => (SlowFact?)f);
            if (last is null)
                bases.Add(null);
            foreach (var counted in bases)
            {
                var stock =
                    counted is null ? 0L
                    : asHigh ? Most(counted)
                    : Least(counted);
                // "With equal time a count comes first, then what leaves, then what comes."
                var moves = takes
                    .Where(Its)
                    .Select(f => (f.Start, Order: 0, Change: asHigh ? -Least(f) : -Most(f)))
                    .Concat(adds.Where(Its).Select(f => (f.Start, Order: 1, Change: asHigh ? Most(f) : Least(f))))
                    .Where(m => counted is null || m.Start >= counted.Start)
                    .OrderBy(m => m.Start)
                    .ThenBy(m => m.Order);
                foreach (var (_, _, change) in moves)
                    stock = Math.Max(0, stock + change);
                results.Add(stock);
            }

            total += asHigh ? results.Max() : results.Min();
        }

        return total;
    }

    public List<SlowFact> Counts(Rule.Limit rule, SlowSieve sieve) =>
        Matching(rule.Count, sieve)
            .ConvertAll(m => m.Fact)
            .FindAll(f => f.Content.Quantities.ContainsKey(rule.Quantity));

    public Instant? LastCount(Rule.Limit rule, SlowSieve sieve, Instant t) =>
        Counts(rule, sieve).Select(f => (Instant?)f.Start).Where(start => start <= t).Max();

    public Instant? StaleFrom(Rule.Limit rule, Instant? counted) =>
        counted is { } at && rule.StaleAfter is { } span ? StartOf(span.After(DayOf(at)).PlusDays(1)) : null;

    private static SlowSieve Wider(SlowSieve one, SlowSieve other) =>
        one.Threshold <= other.Threshold && one.Match <= other.Match ? one : other;

    private string LimitVerdict(Provision provision, SlowSieves sieves, SlowForce force, Instant t)
    {
        if (!force.Binds(t))
            return "Holding";
        var rule = (Rule.Limit)provision.Rule;
        var worst = sieves.IsWorst;
        var doubtIsAgainst = sieves.Against.Match == Certainty.Possible;
        // A doubtful count is one in the bound for which that is better.
        var (surely, perhaps) = (
            BothOrNone(LastCount(rule, sieves.For, t), LastCount(rule, sieves.Against, t)).Min(),
            LastCount(rule, Wider(sieves.For, sieves.Against), t)
        );
        if (rule.AtMost is { } most && Stock(rule, sieves.Against, sieves.For, doubtIsAgainst, t) > most)
            return "Breached";
        if (
            rule.AtLeast is { } least
            && (worst ? perhaps : surely) is not null
            && Stock(rule, sieves.For, sieves.Against, !doubtIsAgainst, t) < least
        )
            return "Breached";
        return (worst ? surely : perhaps) is not { } known || t >= StaleFrom(rule, known) ? "Unknown" : "Holding";
    }

    /// <summary>Both, or nothing where one is missing.</summary>
    private static IEnumerable<Instant?> BothOrNone(Instant? one, Instant? other) =>
        one is null || other is null ? [null] : [one, other];

    // judged

    public (string Verdict, Instant Since)? Finding(Provision provision, Instant t)
    {
        var adjudicator = ((Rule.Judged)provision.Rule).Adjudicator;
        var finding = entries
            .Live<StatementRecorded>()
            .Select(e => (Statement: (StatementRecorded)e.Event, Since: ((StatementRecorded)e.Event).Since ?? e.SaidAt))
            .LastOrDefault(f =>
                adjudicator is not null
                && f.Statement.Adjudicator == adjudicator
                && f.Statement.Provisions.Contains(provision.Id)
                && f.Since <= t
            );
        return finding.Statement?.Stance switch
        {
            null => null,
            StatementStance.Kept => ("Holding", finding.Since),
            StatementStance.Broken => ("Breached", finding.Since),
            StatementStance.InProgress => ("Pending", finding.Since),
            _ => ("Unknown", finding.Since),
        };
    }

    // coverage

    private bool IsWatched(Provision provision, Instant t)
    {
        var zones = provision.Patterns.SelectMany(p => p.Zones).ToHashSet();
        if (zones.Count == 0 && provision.RequiresZone is { } required)
            zones.Add(required);
        var watching = entries
            .Live<CoverageRecorded>()
            .Select(e => (CoverageRecorded)e.Event)
            .Where(c => c.From <= t && t < c.Until)
            .ToList();
        return zones.Count == 0
            ? watching.Exists(c => c.Zones.IsEmpty)
            : zones.All(z => watching.Exists(c => c.Zones.IsEmpty || c.Zones.Contains(z)));
    }

    private LocalDate DayOf(Instant t) => t.InZone(Reading.TimeZone).Date;

    private Instant StartOf(LocalDate day) => Reading.TimeZone.AtStartOfDay(day).ToInstant();
}
