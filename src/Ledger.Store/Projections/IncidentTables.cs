using Ledger.Domain.Entries;
using Ledger.Store.Sql;
using Ledger.Verdicts;
using Ledger.Verdicts.Facts;

namespace Ledger.Store.Projections;

/// <summary>
/// Keeps <c>incident</c>, <c>party_conduct</c> and <c>zone_day</c>: what happened, who stands in reports of it, and
/// where. A page takes back what its entries ended and counts what they began, so its cost is in proportion to what they
/// touch.
/// </summary>
internal sealed class IncidentTables(LedgerStoreOptions options) : IProjectedTables
{
    private const int PageLength = 10_000;

    private readonly IncidentRows _incidents = new(options.Schema);
    private readonly DayRows _days = new(options.Schema);

    public string Name => "incident";

    public IReadOnlyList<string> Tables => ["incident", "party_conduct", "zone_day"];

    public Task<long> AdvanceAsync(ProjectionTurn turn, CancellationToken cancellationToken)
    {
        var after = Math.Min(turn.Before + PageLength, turn.Size);
        var (changes, anew) = turn.Book.Read(book =>
        {
            var anew = turn.Before == 0 || IsReadAnew(book, turn.Before, after);
            return (IncidentChanges.Between(book, anew ? 0 : turn.Before, after), anew);
        });
        if (anew)
        {
            foreach (var table in Tables)
                turn.Write($"delete from {options.Schema}.{table} where agreement = $1", Statements.Of(turn.Agreement));
        }

        _incidents.Write(turn, changes);
        _days.Write(turn, changes);
        return Task.FromResult(after);
    }

    /// <summary>
    /// Whether entries change what every report means: another reading may know other parties and corroborate in
    /// another way, another line encloses other places.
    /// </summary>
    private static bool IsReadAnew(Book book, long before, long after)
    {
        for (var position = before; position < after; position++)
        {
            if (IsText(book.Entries[(int)position].Event, book))
                return true;
        }

        return false;
    }

    private static bool IsText(LedgerEvent @event, Book book) =>
        @event switch
        {
            AgreementAdopted or AgreementRevised or ZoneDelimited => true,
            EntryRetracted retraction => book.Find(retraction.Target) is { Event: var target } && IsText(target, book),
            _ => false,
        };
}
