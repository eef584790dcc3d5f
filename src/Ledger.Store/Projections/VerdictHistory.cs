using Ledger.Domain.Agreements;
using Ledger.Verdicts;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Store.Projections;

/// <summary>How a provision stood under the house lens, at a moment and with what was recorded by then.</summary>
/// <param name="Provision">Its id.</param>
/// <param name="Position">The last entry known then.</param>
/// <param name="AsOf">The moment.</param>
internal sealed record Standing(
    string Provision,
    long Position,
    Instant AsOf,
    Life Life,
    Verdict Verdict,
    Verdict Best,
    Verdict Worst
)
{
    /// <summary>The whole answer; null when it was read back from the table.</summary>
    public VerdictAnswer? Answer { get; init; }

    public bool SameAs(Standing other) =>
        (Life, Verdict, Best, Worst) == (other.Life, other.Verdict, other.Best, other.Worst);
}

/// <summary>
/// One change of a provision's verdict. <paramref name="Now"/> is null when a reading no longer holds the provision.
/// </summary>
internal sealed record VerdictChange(string Provision, long Position, Instant AsOf, Verdict? Was, Standing? Now);

/// <summary>
/// Replays how the house's verdicts changed, batch by batch and, between them, as time passed. It depends on the
/// entries and on until when it is played, and on nothing else.
/// </summary>
internal sealed class VerdictHistory(IEnumerable<Standing> standings, long position, Instant asOf)
{
    private readonly Dictionary<string, Standing> _standings = standings.ToDictionary(
        standing => standing.Provision,
        StringComparer.Ordinal
    );

    /// <summary>How every provision stands where the replay is.</summary>
    public IReadOnlyCollection<Standing> Standings => _standings.Values;

    /// <summary>The last entry that was taken in.</summary>
    public long Position { get; private set; } = position;

    /// <summary>The moment up to which time has passed.</summary>
    public Instant AsOf { get; private set; } = asOf;

    /// <summary>
    /// The next moment at which an answer changes though nothing is recorded; null when there is none.
    /// </summary>
    public Instant? Next { get; private set; }

    /// <summary>
    /// Takes in the next batch of entries: those recorded at one instant, which nobody ever saw apart.
    /// </summary>
    public IReadOnlyList<VerdictChange> Step(Book book)
    {
        var recordedAt = book.Entries[(int)Position].RecordedAt;
        var changes = Until(book, recordedAt).ToList();
        (Position, AsOf) = (book.PositionAt(recordedAt), recordedAt);
        changes.AddRange(Judged(book));
        return changes;
    }

    /// <summary>Lets time pass up to and including <paramref name="instant"/>.</summary>
    public IEnumerable<VerdictChange> Until(Book book, Instant instant)
    {
        if (Position == 0)
            yield break;
        Next = NextAfter(book);
        while (Next is { } next && next <= instant)
        {
            AsOf = next;
            foreach (var change in Judged(book))
                yield return change;
            Next = NextAfter(book);
        }

        AsOf = Instant.Max(AsOf, instant);
    }

    private Instant? NextAfter(Book book)
    {
        Instant? next = null;
        foreach (var provision in _standings.Keys)
        {
            foreach (var interval in Judge.Timeline(book, provision, Position, Lens.House)?.Intervals ?? [])
            {
                if (interval.From > AsOf && (next is null || interval.From < next))
                    next = interval.From;
            }
        }

        return next;
    }

    private IEnumerable<VerdictChange> Judged(Book book)
    {
        var answers = Judge.Status(book, new Question(AsOf, Position, Lens.House)).Verdicts;
        foreach (var answer in answers)
        {
            var now = new Standing(
                answer.Provision,
                Position,
                AsOf,
                answer.Life,
                answer.Verdict,
                answer.Bounds.Best,
                answer.Bounds.Worst
            )
            {
                Answer = answer,
            };
            var was = _standings.GetValueOrDefault(answer.Provision);
            if (was?.SameAs(now) == true)
            {
                // The verdict is as old as its last change; what explains it is new.
                _standings[answer.Provision] = was with
                {
                    Answer = answer,
                };
                continue;
            }

            _standings[answer.Provision] = now;
            yield return new VerdictChange(answer.Provision, Position, AsOf, was?.Verdict, now);
        }

        foreach (var gone in _standings.Keys.Except(answers.Select(answer => answer.Provision)).ToArray())
        {
            _standings.Remove(gone, out var was);
            yield return new VerdictChange(gone, Position, AsOf, was!.Verdict, null);
        }
    }
}
