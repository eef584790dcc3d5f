using System.Diagnostics;
using Ledger.Benchmarks.Measuring;
using Ledger.Benchmarks.World;
using Ledger.Domain.Agreements;
using Ledger.Verdicts;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Benchmarks.Verdicts;

/// <summary>
/// How long each kind of question takes at the end of a long ledger, about its busiest prohibition where it is about one
/// provision. Nothing is sent or written: this is what the book does.
/// </summary>
internal static class QuestionBenchmark
{
    private const string Busiest = "quiet";

    public static Task RunAsync(Effort effort)
    {
        var table = new Table(["", "entries", "asked", "median ms", "max ms"]);
        foreach (var size in effort.BookSizes)
        {
            var book = new Book();
            foreach (var entry in new Mission(new Random(1)).Ledger(size))
                book.Append(entry);
            foreach (var (name, ask) in Questions(book))
            {
                ask();
                var times = new List<double>();
                var patience = Stopwatch.StartNew();
                do
                {
                    var started = Stopwatch.GetTimestamp();
                    ask();
                    times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                } while (times.Count < 20 && patience.Elapsed < effort.Patience / 4);
                var spread = new Spread(times);
                table.Add(name, $"{size:N0}", $"{times.Count}", Table.Number(spread.Median), Table.Number(spread.Max));
            }
        }

        table.Print($"Each kind of question, about '{Busiest}' where it is about one provision");
        return Task.CompletedTask;
    }

    private static IEnumerable<(string Name, Action Ask)> Questions(Book book)
    {
        var (end, known) = (book.Entries[^1].RecordedAt, book.Position);
        var now = new Question(end, known, Lens.House);
        var year = now with { AsOf = end - Duration.FromDays(365) };
        var day = end.InUtc().Date;
        return
        [
            ("status", () => Judge.Status(book, now)),
            ("verdict", () => Judge.Verdict(book, Busiest, now)),
            ("timeline", () => Judge.Timeline(book, Busiest, known, Lens.House)),
            ("why", () => Why.Explain(book, Busiest, now)),
            ("next", () => Next.Of(book, now)),
            ("who says what", () => WhoSays.Of(book, now)),
            ("flips", () => Flips.Of(book, Busiest, now)),
            ("incidents", () => IncidentList.At(book, now).Count()),
            ("what changed in a year", () => Diff.Between(book, year, now)),
            ("known then, a month", () => KnownThen.Of(book, now, KnownBy.Recorded, day.PlusDays(-30), day)),
        ];
    }
}
