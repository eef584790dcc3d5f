using Ledger.Domain.Agreements;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;
using NodaTime;

namespace Ledger.Verdicts.Replaying;

/// <summary>How a provision stood under the house lens, at a moment and with what was recorded by then.</summary>
/// <param name="Provision">Its id.</param>
/// <param name="Position">The last entry known then.</param>
/// <param name="AsOf">The moment.</param>
public sealed record ProvisionStanding(
    string Provision,
    long Position,
    Instant AsOf,
    Life Life,
    Verdict Verdict,
    Verdict Best,
    Verdict Worst
)
{
    /// <summary>The whole answer; null when nothing was judged that could have changed it.</summary>
    public VerdictAnswer? Answer { get; init; }

    public bool SameAs(ProvisionStanding other) =>
        (Life, Verdict, Best, Worst) == (other.Life, other.Verdict, other.Best, other.Worst);
}

/// <summary>
/// One change of a provision's verdict. <paramref name="Now"/> is null when a reading no longer holds the provision.
/// </summary>
public sealed record VerdictChange(string Provision, long Position, Instant AsOf, Verdict? Was, ProvisionStanding? Now);

/// <summary>
/// Replays how the house's verdicts changed, batch by batch and, between them, as time passed. It depends on the
/// entries and on until when it is played, and on nothing else. Only provisions that a batch or the time may change
/// are judged, and their whole answers are made once, at the end.
/// </summary>
public sealed class VerdictHistory(IEnumerable<ProvisionStanding> standings, long position, Instant asOf)
{
    private readonly Dictionary<string, ProvisionStanding> _standings = standings.ToDictionary(
        standing => standing.Provision,
        StringComparer.Ordinal
    );

    /// <summary>When time alone may change each provision next, in ticks; empty until somebody asks.</summary>
    private readonly Dictionary<string, long> _next = new(StringComparer.Ordinal);

    /// <summary>Provisions whose answers may have changed since they were made.</summary>
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

    private long _nextReading = Ticks.Never;

    /// <summary>How every provision stands where the replay is.</summary>
    public IReadOnlyCollection<ProvisionStanding> Standings => _standings.Values;

    /// <summary>The last entry that was taken in.</summary>
    public long Position { get; private set; } = position;

    /// <summary>The moment up to which time has passed.</summary>
    public Instant AsOf { get; private set; } = asOf;

    private long NextTicks => _next.Values.Append(_nextReading).Min();

    /// <summary>
    /// Takes in the next batch of entries: those recorded at one instant, which nobody ever saw apart.
    /// </summary>
    public IReadOnlyList<VerdictChange> Step(Book book)
    {
        var first = (int)Position;
        var recordedAt = book.Entries[first].RecordedAt;
        var changes = Until(book, recordedAt).ToList();
        do Position++;
        while (Position < book.Position && book.Entries[(int)Position].RecordedAt == recordedAt);
        AsOf = recordedAt;
        var batch = Enumerable.Range(first, (int)Position - first).Select(i => book.Entries[i].Event).ToList();
        var evaluation = Now(book);
        if (batch.TrueForAll(newest => newest is Domain.Entries.ReportFiled))
            changes.AddRange(
                Judged(
                    evaluation,
                    evaluation.Reading.Provisions.Where(provision =>
                        batch.Exists(newest => evaluation.MayChange(provision, newest))
                    )
                )
            );
        else
            changes.AddRange(JudgedAnew(book, evaluation));
        return changes;
    }

    /// <summary>Lets time pass up to and including <paramref name="instant"/>.</summary>
    public IEnumerable<VerdictChange> Until(Book book, Instant instant)
    {
        if (Position == 0)
            yield break;
        Look(book);
        while (NextTicks is var next && next <= Ticks.Of(instant))
        {
            AsOf = Ticks.ToInstant(next);
            var evaluation = Now(book);
            var due =
                next == _nextReading
                    ? JudgedAnew(book, evaluation)
                    : Judged(
                        evaluation,
                        [.. evaluation.Reading.Provisions.Where(provision => _next[provision.Id] == next)]
                    );
            foreach (var change in due)
                yield return change;
        }

        AsOf = Instant.Max(AsOf, instant);
    }

    /// <summary>
    /// The next moment at which an answer may change though nothing is recorded; null when there is none.
    /// </summary>
    public Instant? NextAfter(Book book)
    {
        if (Position == 0)
            return null;
        Look(book);
        return Ticks.ToOptional(NextTicks);
    }

    /// <summary>Makes the whole answers of all that was judged and stayed the same.</summary>
    /// <returns>How every provision stands.</returns>
    public IReadOnlyCollection<ProvisionStanding> Explain(Book book)
    {
        if (_touched.Count == 0)
            return Standings;
        var question = new Question(AsOf, Position, Lens.House);
        var evaluation = Now(book);
        foreach (var id in _touched)
        {
            if (evaluation.Reading.Provision(id) is { } provision)
                _standings[id] = _standings[id] with
                {
                    Answer = AnswerBuilder.VerdictOf(evaluation, provision, question),
                };
        }

        _touched.Clear();
        return Standings;
    }

    /// <summary>Forgets the whole answers, once somebody has written them.</summary>
    public void LetGo()
    {
        foreach (var (provision, standing) in _standings.ToArray())
            _standings[provision] = standing with { Answer = null };
    }

    private Evaluation Now(Book book) => Evaluation.Of(book, new Question(AsOf, Position, Lens.House));

    /// <summary>Finds out, where it is not known, when time alone changes something.</summary>
    private void Look(Book book)
    {
        if (_next.Count > 0)
            return;
        var (now, evaluation) = (Ticks.Of(AsOf), Now(book));
        foreach (var provision in evaluation.Reading.Provisions)
            _next[provision.Id] = evaluation.NextStep(provision, now);
        LookForReadings(book);
    }

    private void LookForReadings(Book book)
    {
        var now = Ticks.Of(AsOf);
        _nextReading = book.Readings(Position, Lens.House)
            .Select(part => part.From)
            .Where(from => from > now)
            .DefaultIfEmpty(Ticks.Never)
            .Min();
    }

    /// <summary>Judges everything, after which nothing that was known of the future holds.</summary>
    private List<VerdictChange> JudgedAnew(Book book, Evaluation evaluation)
    {
        _next.Clear();
        LookForReadings(book);
        List<VerdictChange> changes = [.. Judged(evaluation, evaluation.Reading.Provisions)];
        foreach (var gone in _standings.Keys.Where(id => evaluation.Reading.Provision(id) is null).ToArray())
        {
            _standings.Remove(gone, out var was);
            changes.Add(new VerdictChange(gone, Position, AsOf, was!.Verdict, null));
        }

        return changes;
    }

    private IEnumerable<VerdictChange> Judged(Evaluation evaluation, IEnumerable<Provision> provisions)
    {
        var at = Ticks.Of(AsOf);
        foreach (var provision in provisions)
        {
            _next[provision.Id] = evaluation.NextStep(provision, at);
            var now = new ProvisionStanding(
                provision.Id,
                Position,
                AsOf,
                evaluation.LifeOf(provision, at),
                evaluation.Now(provision, evaluation.House, at),
                evaluation.Now(provision, EvidenceStandards.Best, at),
                evaluation.Now(provision, EvidenceStandards.Worst, at)
            );
            var was = _standings.GetValueOrDefault(provision.Id);
            if (was?.SameAs(now) == true)
            {
                // The verdict is as old as its last change; what explains it may be new.
                _touched.Add(provision.Id);
                continue;
            }

            now = now with
            {
                Answer = AnswerBuilder.VerdictOf(evaluation, provision, new Question(AsOf, Position, Lens.House)),
            };
            _touched.Remove(provision.Id);
            _standings[provision.Id] = now;
            yield return new VerdictChange(provision.Id, Position, AsOf, was?.Verdict, now);
        }
    }
}
