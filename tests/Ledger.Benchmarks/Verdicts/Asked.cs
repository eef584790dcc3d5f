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
            yield return new Asked(Mission.Provisions[random.Next(Mission.Provisions.Length)], new Question(asOf, knownAt, lens(random, book, knownAt)));
        }
    }
}

/// <summary>Kinds of lenses, by what they cost.</summary>
internal static class Lenses
{
    /// <summary>Threshold and certainty: which facts count.</summary>
    public static Lens Plain(Random random, Book book, long knownAt) => new()
    {
        Threshold = random.Next(4) switch { 0 => Level.Alleged, 1 => Level.Corroborated, 2 => Level.Confirmed, _ => null },
        Match = random.Next(3) switch { 0 => Certainty.Certain, 1 => Certainty.Possible, _ => null },
    };

    /// <summary>One more part, which changes what the reports are: said by an instant, of some sources, without an entry.</summary>
    public static Lens Any(Random random, Book book, long knownAt)
    {
        var plain = Plain(random, book, knownAt);
        return random.Next(3) switch
        {
            0 => plain with { SaidBy = Mission.Start + Duration.FromHours(random.Next(3650 * 24)) },
            1 => plain with { Sources = new SourceFilter { Only = true, Classes = [SourceClass.Media] } },
            _ => plain with { Without = [book.Entries[(int)random.NextInt64(knownAt)].Id] },
        };
    }
}
