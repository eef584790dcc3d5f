using System.Diagnostics;
using Ledger.Benchmarks.Measuring;
using Ledger.Benchmarks.World;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Verdicts;
using Ledger.Verdicts.Tests.Slow;

namespace Ledger.Benchmarks.Verdicts;

/// <summary>
/// How long one verdict at a random (V, K, lens) takes, beside folding the stream for each question and beside the slow
/// evaluator.
/// </summary>
internal static class VerdictBenchmark
{
    private const int Seed = 1;
    private const int SlowSize = 1_000;

    private static readonly string[] Head =
    [
        "",
        "entries",
        "asked",
        "min ms",
        "median ms",
        "p95 ms",
        "p99 ms",
        "max ms",
        "bytes/entry",
    ];

    public static async Task RunAsync(Effort effort)
    {
        var table = new Table(Head);
        var small = Book(SlowSize);
        var slow = Ask(effort, small, Lenses.Plain, question => Slow(small.Entries, question));
        Add(table, "the slow evaluator", SlowSize, slow);
        Add(
            table,
            "the book, same questions",
            SlowSize,
            Ask(effort with { Questions = slow.Count }, small, Lenses.Plain, question => Verdict(small, question))
        );
        Compare(small, slow.Count);
        Add(
            table,
            "Marten: AggregateStreamAsync up to K",
            effort.BookSizes[0],
            await AggregateAsync(effort, effort.BookSizes[0])
        );
        var book = small;
        foreach (var size in effort.BookSizes)
        {
            // Let the last book go before the next one is weighed.
            book = small;
            var before = GC.GetTotalMemory(forceFullCollection: true);
            book = Book(size);
            var bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / size;
            Add(
                table,
                "the book, thresholds",
                size,
                Ask(effort, book, Lenses.Plain, question => Verdict(book, question)),
                bytes
            );
            Add(
                table,
                "the book, any lens",
                size,
                Ask(effort, book, Lenses.Any, question => Verdict(book, question)),
                bytes
            );
        }

        table.Print(
            $"One verdict at a random (V, K, lens): at most {effort.Questions} questions or {effort.Patience.TotalSeconds} s each"
        );
        Provisions(effort, book);
    }

    /// <summary>Which rule the time goes to.</summary>
    private static void Provisions(Effort effort, Book book)
    {
        var table = new Table(Head);
        foreach (var provision in Mission.Provisions)
            Add(
                table,
                $"{provision} ({book.Agreement!.Provision(provision)!.Rule.Kind})",
                (int)book.Position,
                Ask(
                    effort with
                    {
                        Patience = effort.Patience / 4,
                    },
                    book,
                    Lenses.Plain,
                    asked => Verdict(book, asked with { Provision = provision })
                )
            );
        table.Print("The same by provision, thresholds");

        var lenses = new Table(Head);
        foreach (var (name, lens) in Lenses.Each)
            Add(
                lenses,
                name,
                (int)book.Position,
                Ask(effort with { Patience = effort.Patience / 4 }, book, lens, asked => Verdict(book, asked))
            );
        lenses.Print("The same by part of the lens");
    }

    /// <summary>A fast wrong answer is worth nothing.</summary>
    private static void Compare(Book book, int questions)
    {
        foreach (var asked in Asked.Some(new Random(Seed), book, Lenses.Plain).Take(questions))
        {
            if (Verdict(book, asked) != Slow(book.Entries, asked))
                throw new InvalidOperationException(
                    $"{asked}: the book says {Verdict(book, asked)}, the slow evaluator {Slow(book.Entries, asked)}."
                );
        }
    }

    private static Book Book(int size)
    {
        var book = new Book();
        foreach (var entry in new Mission(new Random(Seed)).Ledger(size))
            book.Append(entry);
        return book;
    }

    private static Spread Ask(Effort effort, Book book, Func<Random, Book, long, Lens> lens, Func<Asked, string> answer)
    {
        // The same questions for everybody; others before them, unmeasured, because a server has long been answering
        // when a question comes.
        var warming = Stopwatch.StartNew();
        foreach (var question in Asked.Some(new Random(Seed + 1), book, lens).Take(effort.Questions))
        {
            answer(question);
            if (warming.Elapsed > effort.Patience / 4)
                break;
        }

        var questions = Asked.Some(new Random(Seed), book, lens);
        var times = new List<double>();
        var patience = Stopwatch.StartNew();
        foreach (var question in questions.Take(effort.Questions))
        {
            var started = Stopwatch.GetTimestamp();
            answer(question);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (patience.Elapsed > effort.Patience)
                break;
        }

        return new Spread(times);
    }

    private static string Verdict(Book book, Asked asked) =>
        Judge.Verdict(book, asked.Provision, asked.Question)?.Verdict.ToString()
        ?? throw new InvalidOperationException($"There is no provision '{asked.Provision}'.");

    private static string Slow(IReadOnlyList<Entry> entries, Asked asked)
    {
        var facts = new SlowFacts(entries, asked.Question.KnownAt, asked.Question.Lens);
        var slow = new SlowJudge(
            facts,
            new SlowReadings(facts, entries, asked.Question).At(asked.Question.AsOf),
            asked.Question.AsOf,
            []
        );
        var sieve = new SlowSieve(
            asked.Question.Lens.Threshold ?? slow.Reading.Evidence.Threshold,
            asked.Question.Lens.Match ?? Certainty.Certain
        );
        var provision = slow.Reading.Provision(asked.Provision)!;
        // As the engine does: under the house's sieves and both bounds.
        slow.Verdict(provision, SlowSieves.Best, asked.Question.AsOf);
        slow.Verdict(provision, SlowSieves.Worst, asked.Question.AsOf);
        return slow.Verdict(provision, new SlowSieves(sieve, sieve), asked.Question.AsOf);
    }

    private static async Task<Spread> AggregateAsync(Effort effort, int size)
    {
        await using var store = await MissionStore.CreateAsync(signed: true);
        var entries = new Mission(new Random(Seed)).Ledger(size).ToList();
        await store.RecordAllAsync(entries.Skip(1).Select(entry => entry.Event));
        var random = new Random(Seed);
        var times = new List<double>();
        var patience = Stopwatch.StartNew();
        while (times.Count < effort.Questions && patience.Elapsed < effort.Patience)
        {
            var knownAt = random.Next(1, size + 1);
            var started = Stopwatch.GetTimestamp();
            await using var session = store.Documents.QuerySession();
            var tally = await session.Events.AggregateStreamAsync<Tally>(Mission.Id, knownAt);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (tally?.Events != knownAt)
                throw new InvalidOperationException($"Marten folded {tally?.Events} events, not {knownAt}.");
        }

        return new Spread(times.Skip(3));
    }

    private static void Add(Table table, string name, int size, Spread times, double? bytesPerEntry = null) =>
        table.Add(
            name,
            $"{size:N0}",
            $"{times.Count:N0}",
            Table.Number(times.Min),
            Table.Number(times.Median),
            Table.Number(times.At(0.95)),
            Table.Number(times.At(0.99)),
            Table.Number(times.Max),
            bytesPerEntry is { } bytes ? Table.Number(bytes) : ""
        );
}
