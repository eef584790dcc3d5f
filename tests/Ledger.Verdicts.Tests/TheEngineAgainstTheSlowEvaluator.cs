using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Tests.Random;
using Ledger.Verdicts.Tests.Slow;
using NodaTime;

namespace Ledger.Verdicts.Tests;

/// <summary>Random ledgers and random questions: both must give the same answer, down to every instant in it.</summary>
public sealed class TheEngineAgainstTheSlowEvaluator
{
    private static readonly int Ledgers = Environment.GetEnvironmentVariable("LEDGER_NIGHTLY") is null ? 5_000 : 100_000;

    [Fact]
    public void Gives_the_same_verdicts() => Compare(seed =>
    {
        var entries = RandomLedger.Make(seed);
        return (entries, RandomQuestion.Make(new Dice(seed + 1), entries));
    });

    private static void Compare(Func<ulong, (ImmutableArray<Entry> Entries, Question Question)> make)
    {
        var failures = new System.Collections.Concurrent.ConcurrentBag<ulong>();
        Parallel.For(0, Ledgers, new ParallelOptions { MaxDegreeOfParallelism = 3 }, (i, state) =>
        {
            var (entries, question) = make((ulong)i);
            if (Difference(entries, question) is null)
                return;
            failures.Add((ulong)i);
            if (failures.Count > 10)
                state.Stop();
        });
        if (failures.IsEmpty)
            return;
        var seed = failures.Min();
        var (worst, asked) = make(seed);
        var small = Shrink(worst, asked);
        Assert.Fail($"Seed {seed} (and {failures.Count - 1} others): {Difference(small, asked with { KnownAt = Math.Min(asked.KnownAt, small.Length) })}\n{Describe(small, asked)}");
    }

    /// <summary>Leaves out entries as long as a difference remains.</summary>
    private static ImmutableArray<Entry> Shrink(ImmutableArray<Entry> entries, Question question)
    {
        for (var i = entries.Length - 1; i > 0; i--)
        {
            var fewer = Renumber(entries.RemoveAt(i));
            if (Difference(fewer, question with { KnownAt = Math.Min(question.KnownAt, fewer.Length) }) is not null)
                entries = fewer;
        }

        return entries;
    }

    private static ImmutableArray<Entry> Renumber(ImmutableArray<Entry> entries) => [.. entries.Select((e, i) => e with { Position = i + 1 })];

    private static string Describe(ImmutableArray<Entry> entries, Question question)
    {
        var text = new StringBuilder();
        text.AppendLine(JsonSerializer.Serialize(question with { Lens = question.Lens with { Suppose = [] } }, LedgerJson.Options));
        foreach (var entry in entries.Concat(question.Lens.Suppose.Select(e => new Entry(0, default, e))))
            text.AppendLine($"{entry.Position} {entry.Type} {LedgerJson.DataOf(entry.Event).ToJsonString(LedgerJson.Options)}");
        return text.ToString();
    }

    private static string? Difference(ImmutableArray<Entry> entries, Question question)
    {
        try
        {
            return FirstDifference(entries, question);
        }
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            return wrong.ToString();
        }
    }

    private static string? FirstDifference(ImmutableArray<Entry> entries, Question question)
    {
        var book = RandomQuestion.Book(entries);
        if (book.Objection(question) is not null)
            return null;
        var instants = Calendar.Every(entries.Length);
        var files = entries.Where(e => e.Position <= question.KnownAt).Select(e => e.Event switch
        {
            AgreementAdopted adopted => AgreementFile.Read(adopted.File).Required(),
            AgreementRevised revised => AgreementFile.Read(revised.File).Required(),
            _ => null,
        }).OfType<Agreement>().ToList();
        var slowFacts = new SlowFacts(entries, question.KnownAt, question.Lens);
        var reading = SlowJudge.ReadingAt(slowFacts, files[0], files, question.Lens, question.AsOf);
        var slow = new SlowJudge(slowFacts, reading, question.AsOf, instants);
        var status = Judge.Status(book, question);
        if (status.Reading != reading.Version)
            return $"reading {status.Reading}, not {reading.Version}";

        foreach (var provision in reading.Provisions)
        {
            var sieve = new SlowSieve(question.Lens.Threshold ?? reading.Evidence.Threshold, question.Lens.Match ?? Domain.Places.Certainty.Certain);
            var expected = SlowAnswer.Of(slow, provision, new SlowSieves(sieve, sieve), instants);
            var actual = SlowAnswer.Of(status.Verdicts.Single(v => v.Provision == provision.Id));
            if (expected != actual)
                return $"{provision.Id} ({provision.Rule.Kind})\nslow:   {expected}\nengine: {actual}";
        }

        return null;
    }
}
