using Ledger.Domain.Entries;
using Ledger.Domain.Time;

namespace Ledger.Verdicts.Tests.Random;

public static class RandomQuestion
{
    public static Question Make(Dice dice, IReadOnlyList<Entry> entries)
    {
        var knownAt = dice.Chance(65) ? entries.Count : 1 + dice.Below(entries.Count);
        var asOf = Calendar.Instant(dice, 24) + NodaTime.Duration.FromDays(dice.Of(0, 8, 16));
        return new Question(
            dice.Of(asOf, asOf, asOf + Instants.Microsecond, asOf - Instants.Microsecond),
            knownAt,
            RandomLedger.Lens(dice, entries, knownAt)
        );
    }

    public static Book Book(IEnumerable<Entry> entries)
    {
        var book = new Book();
        foreach (var entry in entries)
            book.Append(entry);
        return book;
    }
}
