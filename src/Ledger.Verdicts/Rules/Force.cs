using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Verdicts.Rules;

/// <summary>
/// When a provision binds: the time in force, less the suspensions; and what the powers exercised do to its deadlines
/// (docs/verdicts.md, section 5).
/// </summary>
internal sealed class Force
{
    private readonly List<Suspension> _suspensions = [];
    private readonly List<Extension> _extensions = [];
    private readonly List<TickSpan> _binding = [];
    private readonly List<TickSpan> _interruptions = [];
    private readonly long _ended;
    private readonly Entry? _discharge;
    private readonly List<Entry> _exercised;
    private readonly long _expiry;

    private sealed record Suspension(TickSpan Span, bool StandsStill, Entry Entry);

    private sealed record Extension(long Effective, long Deadline, string? Subject, Entry Entry);

    /// <param name="reading">The reading that holds the provision.</param>
    /// <param name="provision">Whose force it is.</param>
    /// <param name="activated">Ticks of the breach that activates it; always when none is needed, never when there was
    /// none.</param>
    /// <param name="actsFrom">Ticks from which acts count; differs from the start of force only in bounds.</param>
    /// <param name="conditions">When it may bind, as far as other provisions decide that.</param>
    /// <param name="powers">Live exercises of powers, in order of position.</param>
    public Force(
        Agreement reading,
        Provision provision,
        long activated,
        long actsFrom,
        Conditions conditions,
        IEnumerable<Entry> powers
    )
    {
        var zone = reading.TimeZone;
        var first = Ticks.Of(zone.StartOf(provision.From));
        (From, ActsFrom) = (Math.Max(first, activated), Math.Max(first, actsFrom));
        (Began, Starts) = (conditions.Began, [From]);
        if (conditions.Holds is { } holds)
            (From, Starts) = Interrupt(holds);

        // The sort is stable: of two powers with effect from one instant, the later entry has the last word.
        _exercised =
        [
            .. powers
                .Where(p => Concerns((PowerExercised)p.Event, provision.Id))
                .OrderBy(p => ((PowerExercised)p.Event).Effective),
        ];
        _discharge = _exercised.FirstOrDefault(p => p.Event is ProvisionDischarged);
        var termination = _exercised.FirstOrDefault(p => p.Event is AgreementTerminated);
        _expiry = provision.Until is { } until ? Ticks.Of(zone.StartOf(until)) : Ticks.Never;
        _ended = Math.Min(_expiry, EffectOf(termination));
        Until = Math.Min(_ended, EffectOf(_discharge));
        Released = Math.Min(EffectOf(termination), EffectOf(_discharge));

        Suspend();
        foreach (var entry in _exercised)
        {
            if (entry.Event is DeadlineExtended extended)
                _extensions.Add(
                    new Extension(
                        Ticks.Of(extended.Effective),
                        Ticks.Of(provision.DayEnds.DeadlineOf(extended.To, zone)),
                        extended.Subject,
                        entry
                    )
                );
        }

        Bind();
        if (conditions.Holds is not null)
            _binding = TickSpan.Intersect(_binding, conditions.Holds);
    }

    /// <summary>Start of the time in force: where there is a condition, when it first holds.</summary>
    public long From { get; }

    /// <summary>The start of force, and every later instant at which the condition holds again.</summary>
    public IReadOnlyList<long> Starts { get; }

    /// <summary>When the duty that waits for other provisions begins; never where there is none.</summary>
    public long Began { get; }

    public long ActsFrom { get; }

    /// <summary>End of the time in force, excluded.</summary>
    public long Until { get; }

    /// <summary>From then on no duty can be breached any more that was not breached before.</summary>
    public long Released { get; }

    /// <summary>
    /// The instant whose state holds at <paramref name="ticks"/>: from the end of force on it is the last instant in
    /// force, because the end of force heals nothing (docs/verdicts.md, 5.16).
    /// </summary>
    public long InForceAt(long ticks) => Math.Min(ticks, Until - Ticks.Microsecond);

    /// <summary>The same for a duty to act, which outlives an end of force that releases nothing.</summary>
    public long RunningAt(long ticks) => Math.Min(ticks, Released - Ticks.Microsecond);

    /// <summary>Whether any suspension lets deadlines stand still.</summary>
    public bool StandsStill => _suspensions.Exists(suspension => suspension.StandsStill);

    /// <summary>The stretches in force in which nothing is suspended.</summary>
    public IReadOnlyList<TickSpan> Binding => _binding;

    public Life LifeAt(long ticks)
    {
        if (ticks >= Until)
            return EffectOf(_discharge) <= _ended ? Life.Discharged : Life.Ended;
        if (ticks < From)
            return Life.NotYetInForce;
        return IsInterrupted(ticks) || _suspensions.Exists(s => s.Span.Contains(ticks)) ? Life.Suspended : Life.InForce;
    }

    /// <summary>Whether the condition, which held before, does not.</summary>
    public bool IsInterrupted(long ticks) =>
        TickSpan.FirstEndingAfter(_interruptions, ticks) is var at
        && at < _interruptions.Count
        && _interruptions[at].Contains(ticks);

    /// <summary>Whether the provision is in force and not suspended.</summary>
    public bool Binds(long ticks) =>
        TickSpan.FirstEndingAfter(_binding, ticks) is var at && at < _binding.Count && _binding[at].Contains(ticks);

    /// <summary>Every instant at which <see cref="LifeAt"/> may change.</summary>
    public IEnumerable<long> Boundaries =>
        _suspensions
            .Select(suspension => suspension.Span)
            .Concat(_interruptions)
            .SelectMany(span => (long[])[span.From, span.Until])
            .Append(From)
            .Append(Until);

    /// <summary>When the powers exercised take effect, each of which may change what is told of a duty.</summary>
    public IEnumerable<long> Effects => _exercised.Select(EffectOf);

    /// <summary>
    /// The exercises of powers without which the life at an instant would be another; all of them, where each alone
    /// would do.
    /// </summary>
    public IEnumerable<(Entry Entry, long Effective)> PowersAt(long ticks)
    {
        IEnumerable<Entry> deciding = LifeAt(ticks) switch
        {
            Life.Discharged => _exercised.Where(p => p.Event is ProvisionDischarged),
            // Once it has expired anyway a termination decides nothing any more.
            Life.Ended when ticks < _expiry => _exercised.Where(p => p.Event is AgreementTerminated),
            Life.Suspended when _suspensions.Exists(s => s.Span.Contains(ticks)) => _exercised.Where(p =>
                p.Event is ProvisionSuspended && EffectOf(p) >= SuspendedSince(ticks)
            ),
            _ => [],
        };
        return deciding.Select(entry => (entry, EffectOf(entry))).Where(power => power.Item2 <= ticks);
    }

    /// <summary>Suspensions may follow on each other; this is when the first of them began.</summary>
    private long SuspendedSince(long ticks)
    {
        var since = _suspensions.Find(s => s.Span.Contains(ticks))!.Span.From;
        while (_suspensions.Find(s => s.Span.Until == since) is { } earlier)
            since = earlier.Span.From;
        return since;
    }

    /// <summary>How surely an occurrence lies in binding time, and the first instant at which it can.</summary>
    public (Certainty Surely, long Start) Window(long start, long end)
    {
        var at = TickSpan.FirstEndingAfter(_binding, start);
        if (at == _binding.Count || _binding[at].Cut(new TickSpan(start, end)) is not { IsEmpty: false } common)
            return (Certainty.No, Ticks.Never);
        return (common.From == start && common.Until == end ? Certainty.Certain : Certainty.Possible, common.From);
    }

    /// <summary>The first instant, from <paramref name="ticks"/> on, at which nothing is suspended.</summary>
    public long FirstUnsuspended(long ticks)
    {
        for (var before = Ticks.Always; before != ticks; )
        {
            before = ticks;
            foreach (var suspension in _suspensions)
            {
                if (suspension.Span.Contains(ticks))
                    ticks = suspension.Span.Until;
            }

            if (IsInterrupted(ticks))
                ticks = _interruptions[TickSpan.FirstEndingAfter(_interruptions, ticks)].Until;
        }

        return ticks;
    }

    /// <summary>
    /// The deadline of a duty that runs from <paramref name="start"/>, moved by the time it stood still.
    /// </summary>
    /// <param name="start">Ticks from which it runs.</param>
    /// <param name="deadline">Ticks of the deadline as the file gives it.</param>
    /// <param name="asOf">What has effect later is left aside; a suspension without an end by then makes the deadline
    /// never come.</param>
    public long Shift(long start, long deadline, long asOf = Ticks.Never)
    {
        foreach (var suspension in _suspensions)
        {
            var (from, until) = (
                Math.Max(suspension.Span.From, start),
                suspension.Span.Until > asOf ? Ticks.Never : suspension.Span.Until
            );
            if (!suspension.StandsStill || until <= from || from >= deadline || suspension.Span.From > asOf)
                continue;
            if (until == Ticks.Never)
                return Ticks.Never;
            deadline += until - from;
        }

        return deadline;
    }

    /// <summary>
    /// The deadlines a duty has had, each from an instant on: the file's, then every extension that concerns it; with
    /// the extensions without which it would be another.
    /// </summary>
    /// <param name="triggered">Ticks of the trigger; always where the start of force is it.</param>
    /// <param name="deadline">Ticks of the deadline as the file gives it.</param>
    /// <param name="subject">What the duty is about.</param>
    public IReadOnlyList<(long From, long Deadline, IReadOnlyList<Entry> Extensions)> Deadlines(
        long triggered,
        long deadline,
        string? subject
    )
    {
        if (_extensions.Count == 0)
            return [(Ticks.Always, deadline, [])];
        var deadlines = new List<(long, long, IReadOnlyList<Entry>)>(1 + _extensions.Count)
        {
            (Ticks.Always, deadline, []),
        };
        foreach (var extension in _extensions)
        {
            // A new day that lies before the trigger cannot have been meant for this duty.
            if ((extension.Subject is not null && extension.Subject != subject) || extension.Deadline <= triggered)
                continue;
            var (_, last, given) = deadlines[^1];
            var said = extension.Deadline != last;
            deadlines.Add(
                (
                    extension.Effective,
                    extension.Deadline,
                    said ? [extension.Entry]
                    : given.Count > 0 ? [.. given, extension.Entry]
                    : []
                )
            );
        }

        return deadlines;
    }

    public static bool Concerns(PowerExercised power, string provision) =>
        power switch
        {
            ProvisionSuspended e => e.Provision == provision,
            ProvisionResumed e => e.Provision == provision,
            ProvisionDischarged e => e.Provision == provision,
            DeadlineExtended e => e.Provision == provision,
            AgreementTerminated => true,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static long EffectOf(Entry? entry) =>
        entry is null ? Ticks.Never : Ticks.Of(((PowerExercised)entry.Event).Effective);

    /// <summary>Notes when the condition does not hold after it first did, and says when it begins to.</summary>
    private (long From, List<long> Starts) Interrupt(List<TickSpan> holds)
    {
        var starts = new List<long>();
        for (var i = TickSpan.FirstEndingAfter(holds, From); i < holds.Count; i++)
        {
            if (starts.Count > 0)
                _interruptions.Add(new TickSpan(holds[i - 1].Until, holds[i].From));
            starts.Add(Math.Max(holds[i].From, From));
        }

        if (starts.Count == 0)
            return (Ticks.Never, [Ticks.Never]);
        if (holds[^1].Until != Ticks.Never)
            _interruptions.Add(new TickSpan(holds[^1].Until, Ticks.Never));
        return (starts[0], starts);
    }

    private void Suspend()
    {
        Suspension? open = null;
        foreach (var entry in _exercised)
        {
            if (entry.Event is not (ProvisionSuspended or ProvisionResumed))
                continue;
            if (open is not null)
                Close(open, EffectOf(entry));
            open = entry.Event is ProvisionSuspended s
                ? new Suspension(new TickSpan(EffectOf(entry), Ticks.Never), s.DeadlineStandsStill, entry)
                : null;
        }

        if (open is not null)
            _suspensions.Add(open);
    }

    private void Close(Suspension open, long until)
    {
        if (until > open.Span.From)
            _suspensions.Add(open with { Span = open.Span with { Until = until } });
    }

    private void Bind()
    {
        var from = From;
        foreach (var suspension in _suspensions)
        {
            Add(from, Math.Min(suspension.Span.From, Until));
            from = Math.Max(from, suspension.Span.Until);
        }

        Add(from, Until);

        void Add(long start, long end)
        {
            if (start < end)
                _binding.Add(new TickSpan(start, end));
        }
    }
}
