using Ledger.Domain.Entries;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>A duty, and what each of its deadlines made of the acts that may fulfil it.</summary>
/// <param name="Trigger">The fact that triggered it; null where the start of force did.</param>
/// <param name="Start">Ticks from which its deadline runs.</param>
/// <param name="ActsFrom">Ticks from which acts count.</param>
/// <param name="Visible">Ticks from which there is a duty to speak of.</param>
internal sealed record DutyTimeline(Row? Trigger, long Start, long ActsFrom, long Visible, Term[] Terms)
{
    public string? Key => Trigger?.Subject;

    public Term At(long ticks)
    {
        var term = Terms.Length - 1;
        while (Terms[term].From > ticks)
            term--;
        return Terms[term];
    }

    /// <summary>Every change of the verdict on the duty, in order; from its release on it is what it was.</summary>
    public void AddChanges(List<Change> changes, long released)
    {
        Verdict? was = null;
        for (var at = Visible; at < released || was is null; at = NextInstant(at))
        {
            var running = Math.Min(at, released - Ticks.Microsecond);
            var now = At(running).At(running);
            if (now != was)
                changes.Add(new Change(at, was, now, this));
            was = now;
        }
    }

    /// <summary>The next instant after <paramref name="at"/> at which the duty's verdict may change.</summary>
    private long NextInstant(long at)
    {
        var next = Ticks.Never;
        foreach (var term in Terms)
        {
            foreach (var instant in (ReadOnlySpan<long>)[term.From, term.Fulfilled, term.Breached])
            {
                if (instant > at && instant < next)
                    next = instant;
            }
        }

        return next;
    }
}

/// <summary>
/// From an instant on, until the next extension: the deadline, and when the duty is fulfilled or breached under it.
/// </summary>
internal sealed record Term(
    long From,
    long FileDeadline,
    long Deadline,
    long Fulfilled,
    long Breached,
    IReadOnlyList<Entry> Extensions
)
{
    public Verdict At(long ticks) =>
        ticks >= Fulfilled ? Verdict.Fulfilled
        : ticks >= Breached ? Verdict.Breached
        : Verdict.Pending;
}

/// <summary>From an instant on a duty stands otherwise.</summary>
internal readonly record struct Change(long At, Verdict? Was, Verdict Is, DutyTimeline Timeline);
