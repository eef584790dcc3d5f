using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Verdicts.Tests.Slow;

/// <summary>Time in force and the parties' powers (docs/verdicts.md, section 5), asked instant by instant.</summary>
public sealed class SlowForce
{
    private readonly Provision provision;
    private readonly DateTimeZone zone;
    private readonly List<PowerExercised> powers;
    private readonly List<(Instant At, bool Holds)> course;

    /// <param name="reading">The reading that holds the provision.</param>
    /// <param name="provision">Whose force it is.</param>
    /// <param name="activated">The breach that activates it.</param>
    /// <param name="course">When its condition begins and ceases to hold, in order; before that it does not hold.</param>
    /// <param name="live">Live entries.</param>
    public SlowForce(
        Agreement reading,
        Provision provision,
        Instant? activated,
        List<(Instant At, bool Holds)> course,
        IEnumerable<Entry> live
    )
    {
        (this.provision, this.course, zone) = (provision, course, reading.TimeZone);
        powers =
        [
            .. live.Where(Concerns)
                .OrderBy(e => ((PowerExercised)e.Event).Effective)
                .ThenBy(e => e.Position)
                .Select(e => (PowerExercised)e.Event),
        ];
        var first = StartOf(provision.From);
        Begins =
            provision.ActivatedBy is null ? first
            : activated is { } a ? Instant.Max(first, a)
            : Instant.MaxValue;
        Starts =
        [
            .. course
                .Where(change => change.Holds && change.At > Begins)
                .Select(change => change.At)
                .Concat(Holds(Begins) && Begins != Instant.MaxValue ? [Begins] : [])
                .Order(),
        ];
        From = Starts.Count == 0 ? Instant.MaxValue : Starts[0];
        Ended = Instant.Min(
            provision.Until is { } until ? StartOf(until) : Instant.MaxValue,
            First<AgreementTerminated>()
        );
        Discharged = First<ProvisionDischarged>();
        Until = Instant.Min(Ended, Discharged);
        Released = Instant.Min(First<AgreementTerminated>(), Discharged);
        Boundaries =
        [
            .. powers
                .Select(p => p.Effective)
                .Concat(course.Select(change => change.At))
                .Append(From)
                .Append(Until)
                .Where(b => b != Instant.MaxValue)
                .Distinct()
                .Order(),
        ];
    }

    /// <summary>The start of force without its condition.</summary>
    public Instant Begins { get; }

    public Instant From { get; }

    /// <summary>"The start of force", and each later instant at which the condition comes to hold again.</summary>
    public List<Instant> Starts { get; }

    public Instant Until { get; }

    public Instant Released { get; }

    public List<Instant> Boundaries { get; }

    private Instant Ended { get; }

    private Instant Discharged { get; }

    public string Life(Instant t)
    {
        if (t >= Discharged || t >= Ended)
            return Discharged <= Ended ? "Discharged" : "Ended";
        if (t < From)
            return "NotYetInForce";
        return IsSuspended(t) ? "Suspended" : "InForce";
    }

    /// <summary>"The verdict of its last instant in force stands for good" (docs/verdicts.md, 5.16).</summary>
    public Instant InForceAt(Instant t) => t >= Until ? Until - Instants.Microsecond : t;

    /// <summary>"A duty to act ... stands as it did at the last instant before its release" (5.13).</summary>
    public Instant RunningAt(Instant t) => t >= Released ? Released - Instants.Microsecond : t;

    public bool Binds(Instant t) => t >= From && t < Until && !IsSuspended(t);

    public bool IsSuspended(Instant t) => Suspension(t, t) is not null || (t >= From && !Holds(t));

    private bool Holds(Instant t) => provision.When is null || course.LastOrDefault(change => change.At <= t).Holds;

    /// <summary>
    /// "Certainly in a window if the whole occurrence interval is; possibly if it meets it", and the first instant at
    /// which it is.
    /// </summary>
    public (Certainty Surely, Instant First) Window(Instant start, Instant end)
    {
        var instants = Boundaries.Where(b => b > start && b < end).Prepend(start).ToList();
        if (!instants.Exists(Binds))
            return (Certainty.No, Instant.MaxValue);
        return (instants.TrueForAll(Binds) ? Certainty.Certain : Certainty.Possible, instants.Find(Binds));
    }

    /// <summary>The new deadline of the latest extension with effect by t, if any concerns the duty.</summary>
    public Instant? Extended(Instant start, string? subject, Instant t)
    {
        Instant? deadline = null;
        foreach (
            var e in powers
                .OfType<DeadlineExtended>()
                .Where(e => e.Effective <= t && (e.Subject is null || e.Subject == subject))
        )
        {
            if (
                provision.DayEnds.DeadlineOf(e.To, zone) is var to
                && (to > start || provision.Rule is Rule.Achieve { By: not null })
            )
                deadline = to;
        }

        return deadline;
    }

    /// <summary>
    /// Lets time run from the start, not counting what stands still, until as much has run as there was to the
    /// deadline.
    /// </summary>
    public Instant? Moved(Instant start, Instant deadline, Instant by)
    {
        var left = deadline - start;
        if (left <= Duration.Zero)
            return deadline;
        var now = start;
        foreach (var next in Boundaries.Where(b => b > start && b <= by).Append(Instant.MaxValue))
        {
            var still = Suspension(now, by) is { DeadlineStandsStill: true };
            if (!still && next - now >= left)
                return now + left;
            if (!still)
                left -= next - now;
            now = next;
        }

        return null;
    }

    private ProvisionSuspended? Suspension(Instant t, Instant by) =>
        powers.LastOrDefault(p => p is ProvisionSuspended or ProvisionResumed && p.Effective <= t && p.Effective <= by)
        as ProvisionSuspended;

    private bool Concerns(Entry entry) =>
        entry.Event switch
        {
            ProvisionSuspended e => e.Provision == provision.Id,
            ProvisionResumed e => e.Provision == provision.Id,
            ProvisionDischarged e => e.Provision == provision.Id,
            DeadlineExtended e => e.Provision == provision.Id,
            AgreementTerminated => true,
            _ => false,
        };

    private Instant First<T>()
        where T : PowerExercised => powers.OfType<T>().FirstOrDefault()?.Effective ?? Instant.MaxValue;

    private Instant StartOf(LocalDate day) => zone.AtStartOfDay(day).ToInstant();
}
