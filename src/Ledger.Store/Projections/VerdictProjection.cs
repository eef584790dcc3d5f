using JasperFx.Events;
using Ledger.Domain.Entries;
using Ledger.Store.Following;
using Ledger.Store.Reading;
using Marten;
using Marten.Events.Projections;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Projections;

/// <summary>
/// Keeps the tables <c>provision_standing</c> and <c>verdict_change</c> as entries come; as time passes, a deadline
/// does.
/// </summary>
internal sealed class VerdictProjection(
    NpgsqlDataSource database,
    LedgerReader reader,
    Books books,
    Deadlines deadlines,
    LedgerStoreOptions options
) : IProjection
{
    public const string Name = "verdict";

    private readonly VerdictRows _rows = new(options.Schema);

    public async Task ApplyAsync(
        IDocumentOperations operations,
        IReadOnlyList<IEvent> events,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        foreach (
            var stream in events.Where(e => e.Data is LedgerEvent).GroupBy(e => e.StreamKey!, StringComparer.Ordinal)
        )
        {
            // A page of events may end within a batch; the batch is judged whole.
            var position = await reader.PositionAtAsync(
                stream.Key,
                Instant.FromDateTimeOffset(stream.Max(e => e.Timestamp)),
                cancellationToken
            );
            var book = await books.AtAsync(stream.Key, position, cancellationToken);
            var history = await _rows.ReadAsync(connection, stream.Key, cancellationToken);
            var changes = new List<VerdictChange>();
            while (history.Position < position)
            {
                cancellationToken.ThrowIfCancellationRequested();
                changes.AddRange(book.Read(history.Step));
            }

            _rows.Write((sql, values) => operations.QueueSqlCommand('^', sql, values), stream.Key, changes, history);
            await deadlines.WatchAsync(stream.Key, history, book);
        }
    }
}
