using Ledger.Benchmarks.World;
using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Verdicts;
using NodaTime;

namespace Ledger.Benchmarks.Verdicts;

/// <summary>One question about one provision.</summary>
internal sealed record Asked(string Provision, Question Question)
{
    /// <summary>Endless questions: any day of the ten years, any position, any provision.</summary>
    public static IEnumerable<Asked> Some(Random random, Book book, Func<Random, Book, long, Lens> lens)
    {
        while (true)
        {
            var knownAt = random.NextInt64(1, book.Position + 1);
            var asOf = Mission.Start + Duration.FromHours(random.Next(3650 * 24));
            yield return new Asked(
                Mission.Provisions[random.Next(Mission.Provisions.Length)],
                new Question(asOf, knownAt, lens(random, book, knownAt))
            );
        }
    }
}

/// <summary>Kinds of lenses, by what they cost.</summary>
internal static class Lenses
{
    /// <summary>Threshold and certainty: which facts count.</summary>
    public static Lens Plain(Random random, Book book, long knownAt) =>
        new()
        {
            Threshold = random.Next(4) switch
            {
                0 => Level.Alleged,
                1 => Level.Corroborated,
                2 => Level.Confirmed,
                _ => null,
            },
            Match = random.Next(3) switch
            {
                0 => Certainty.Certain,
                1 => Certainty.Possible,
                _ => null,
            },
        };

    /// <summary>Each part of a lens that changes what the reports are, on top of a threshold and a certainty.</summary>
    public static readonly (string Name, Func<Random, Book, long, Lens> Lens)[] Each =
    [
        (
            "said by a day",
            (random, book, knownAt) =>
                Plain(random, book, knownAt) with
                {
                    SaidBy = Mission.Start + Duration.FromHours(random.Next(3650 * 24)),
                }
        ),
        (
            "of one class of sources",
            (random, book, knownAt) =>
                Plain(random, book, knownAt) with
                {
                    Sources = new SourceFilter { Only = true, Classes = [ClassOf(random)] },
                }
        ),
        (
            "not of one class of sources",
            (random, book, knownAt) =>
                Plain(random, book, knownAt) with
                {
                    Sources = new SourceFilter { Only = false, Classes = [ClassOf(random)] },
                }
        ),
        (
            "without one entry",
            (random, book, knownAt) => Plain(random, book, knownAt) with { Without = [AnyOf(random, book, knownAt)] }
        ),
        (
            "without ten entries",
            (random, book, knownAt) =>
                Plain(random, book, knownAt) with
                {
                    Without = [.. Enumerable.Range(0, 10).Select(_ => AnyOf(random, book, knownAt)).Distinct()],
                }
        ),
    ];

    /// <summary>A threshold and a certainty, and in most questions one more part.</summary>
    public static Lens Any(Random random, Book book, long knownAt) =>
        random.Next(Each.Length + 1) is var part && part < Each.Length
            ? Each[part].Lens(random, book, knownAt)
            : Plain(random, book, knownAt);

    private static SourceClass ClassOf(Random random) =>
        random.Next(3) switch
        {
            0 => SourceClass.Media,
            1 => SourceClass.Party,
            _ => SourceClass.OwnObservation,
        };

    private static Guid AnyOf(Random random, Book book, long knownAt) =>
        book.Entries[(int)random.NextInt64(knownAt)].Id;
}
