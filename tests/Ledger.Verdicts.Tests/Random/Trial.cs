using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Ledger.Domain.Entries;

namespace Ledger.Verdicts.Tests.Random;

/// <summary>
/// Tries a law on many random ledgers, and shrinks the first that breaks it to something a person can read.
/// </summary>
public static class Trial
{
    /// <summary>
    /// How many of each hundred ledgers to try: a fifth for an answer soon, twenty times as many by night.
    /// </summary>
    private static readonly int Percent =
        Environment.GetEnvironmentVariable("LEDGER_NIGHTLY") is not null ? 2_000
        : int.TryParse(Environment.GetEnvironmentVariable("LEDGER_PERCENT"), out var percent) ? percent
        : 20;

    /// <summary>Ledgers have the seeds from here on, so that a nightly run can try other ones.</summary>
    private static readonly ulong FirstSeed = ulong.TryParse(
        Environment.GetEnvironmentVariable("LEDGER_SEED"),
        out var first
    )
        ? first
        : 0;

    /// <param name="ledgers">How many are a hundred of each hundred.</param>
    /// <param name="broken">What is wrong, or null.</param>
    public static void Run(int ledgers, Func<ImmutableArray<Entry>, Question, Dice, string?> broken)
    {
        var failures = new ConcurrentBag<ulong>();
        Parallel.For(
            0,
            Math.Max(1, ledgers * Percent / 100),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            (i, state) =>
            {
                var seed = FirstSeed + (ulong)i;
                var (entries, question) = Make(seed);
                if (Breaks(broken, entries, question, seed) is null)
                    return;
                failures.Add(seed);
                if (failures.Count >= 10)
                    state.Stop();
            }
        );
        if (failures.IsEmpty)
            return;

        var worst = failures.Min();
        var (large, asked) = Make(worst);
        var small = Shrink(broken, large, asked, worst);
        Assert.Fail(
            $"Seed {worst} ({failures.Count} failures): {Breaks(broken, small, Cut(asked, small), worst)}\n{Describe(small, Cut(asked, small))}"
        );
    }

    public static (ImmutableArray<Entry> Entries, Question Question) Make(ulong seed)
    {
        var entries = RandomLedger.Make(seed);
        return (entries, RandomQuestion.Make(new Dice(seed + 1), entries));
    }

    public static ImmutableArray<Entry> Renumber(IEnumerable<Entry> entries) =>
        [.. entries.Select((e, i) => e with { Position = i + 1 })];

    private static Question Cut(Question question, ImmutableArray<Entry> entries) =>
        question with
        {
            KnownAt = Math.Min(question.KnownAt, entries.Length),
        };

    private static string? Breaks(
        Func<ImmutableArray<Entry>, Question, Dice, string?> broken,
        ImmutableArray<Entry> entries,
        Question question,
        ulong seed
    )
    {
        try
        {
            return RandomQuestion.Book(entries).Objection(question) is null
                ? broken(entries, question, new Dice(seed + 2))
                : null;
        }
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            return wrong.ToString();
        }
    }

    /// <summary>Leaves out entries as long as the law stays broken.</summary>
    private static ImmutableArray<Entry> Shrink(
        Func<ImmutableArray<Entry>, Question, Dice, string?> broken,
        ImmutableArray<Entry> entries,
        Question question,
        ulong seed
    )
    {
        for (var i = entries.Length - 1; i > 0; i--)
        {
            var fewer = Renumber(entries.RemoveAt(i));
            if (Breaks(broken, fewer, Cut(question, fewer), seed) is not null)
                entries = fewer;
        }

        return entries;
    }

    private static string Describe(ImmutableArray<Entry> entries, Question question)
    {
        var text = new StringBuilder();
        text.AppendLine(
            JsonSerializer.Serialize(question with { Lens = question.Lens with { Suppose = [] } }, LedgerJson.Options)
        );
        foreach (var entry in entries.Concat(question.Lens.Suppose.Select(e => new Entry(0, default, e))))
            text.AppendLine(
                $"{entry.Position} {entry.Type} {LedgerJson.DataOf(entry.Event).ToJsonString(LedgerJson.Options)}"
            );
        return text.ToString();
    }
}
