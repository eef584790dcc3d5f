using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Verdicts.Analyses;

/// <summary>
/// How every provision stood at the end of each day by what was known at the end of that day: one pass over the days,
/// where a replay would otherwise ask once for each.
/// </summary>
public static class KnownThen
{
    /// <param name="book">The ledger.</param>
    /// <param name="question">Known time and lens; nothing later is known on any day.</param>
    /// <param name="by">What "known" means.</param>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last day, included.</param>
    /// <param name="cancellationToken">Nobody waits for it any more.</param>
    public static KnownThenAnswer Of(
        Book book,
        Question question,
        KnownBy by,
        LocalDate first,
        LocalDate last,
        CancellationToken cancellationToken = default
    )
    {
        var zone = book.AgreementAt(question.KnownAt)!.TimeZone;
        // Every version that was known on some day, and those that are only supposed.
        var readings = book.Versions(question.KnownAt)
            .Concat(Evaluation.All(book, question.KnownAt, question.Lens).Select(part => part.Evaluation.Reading));
        var provisions = readings
            .SelectMany(version => version.Provisions)
            .Select(provision => provision.Id)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var known = new Sameness(book, question, by);
        var days = provisions.ToDictionary(id => id, _ => new List<TimelineInterval>(), StringComparer.Ordinal);
        var timelines = new Dictionary<string, TimelineAnswer?>(StringComparer.Ordinal);
        for (var day = first; day <= last; day = day.PlusDays(1))
        {
            var (starts, ends) = (zone.StartOf(day), zone.StartOf(day.PlusDays(1)));
            var at = ends - Instants.Microsecond;
            if (known.ChangedBy(at))
                timelines.Clear();
            foreach (var id in provisions)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!timelines.TryGetValue(id, out var timeline))
                    timelines[id] = timeline =
                        known.Size == 0 ? null : Judge.Timeline(book, id, known.Size, known.Lens);
                if (
                    timeline?.Intervals.FirstOrDefault(interval => !(interval.From > at) && !(interval.Until <= at)) is
                    { } now
                )
                    Add(days[id], now with { From = starts, Until = ends });
            }
        }

        return new KnownThenAnswer
        {
            Agreement = book.AgreementAt(question.KnownAt)!.Id,
            Position = question.KnownAt,
            By = by,
            From = first,
            Until = last,
            Lens = AnswerBuilder.LensOf(Evaluation.Of(book, question), question.Lens),
            Provisions = [.. provisions.Select(id => new ProvisionKnownThen(id, [.. days[id]]))],
        };
    }

    private static void Add(List<TimelineInterval> intervals, TimelineInterval next)
    {
        if (
            intervals is [.., var last]
            && last.Until == next.From
            && (last.Life, last.Verdict, last.Reason, last.Reading)
                == (next.Life, next.Verdict, next.Reason, next.Reading)
            && last.DecidedBy.SequenceEqual(next.DecidedBy)
        )
            intervals[^1] = last with { Until = next.Until };
        else
            intervals.Add(next);
    }

    /// <summary>
    /// Walks the times at which more was known, so that nothing is judged twice by the same knowledge.
    /// </summary>
    private sealed class Sameness(Book book, Question question, KnownBy by)
    {
        private readonly Instant[] _times = [.. by.Times(book.Entries.Take((int)question.KnownAt), question.Lens)];

        private int _passed;
        private bool _begun;

        public long Size { get; private set; }

        public Lens Lens { get; private set; } = question.Lens;

        public bool ChangedBy(Instant at)
        {
            var before = _passed;
            while (_passed < _times.Length && _times[_passed] <= at)
                _passed++;
            if (_begun && _passed == before)
                return false;
            _begun = true;
            Size = by == KnownBy.Said ? question.KnownAt : Math.Min(question.KnownAt, book.PositionAt(at));
            // An earlier limit of the question's own stays.
            if (by == KnownBy.Said)
                Lens = question.Lens with { SaidBy = question.Lens.SaidBy is { } limit && limit < at ? limit : at };
            return true;
        }
    }
}
