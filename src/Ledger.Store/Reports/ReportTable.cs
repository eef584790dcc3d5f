using Ledger.Store.Reading;
using Npgsql;

namespace Ledger.Store.Reports;

/// <summary>The table of reports as a cache of the log: it can always be made again.</summary>
public sealed class ReportTable(NpgsqlDataSource database, LedgerReader reader, LedgerStoreOptions options)
{
    private const int PageLength = 1_000;

    /// <summary>Everything recorded about one report; null when there is none with that id.</summary>
    public async Task<ReportHistory?> HistoryAsync(Guid report, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await ReportRows.HistoriesAsync(connection, options.Schema, [report], cancellation)).FirstOrDefault(history => history.Filing.Id == report);
    }

    /// <summary>Empties the table and fills it from the log, while nobody writes to the agreement.</summary>
    public async Task RebuildAsync(string agreement, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var command = new NpgsqlCommand($"""
            select from {options.Schema}.ledger_head where agreement = $1 for update;
            """, connection) { Parameters = { new() { Value = agreement } } })
            await command.ExecuteNonQueryAsync(cancellation);
        await using (var command = new NpgsqlCommand($"delete from {options.Schema}.report where agreement = $1", connection) { Parameters = { new() { Value = agreement } } })
            await command.ExecuteNonQueryAsync(cancellation);
        await foreach (var page in reader.EntriesAsync(agreement, cancellation: cancellation).Select(stored => stored.Entry).Chunk(PageLength).WithCancellation(cancellation))
        {
            await ReportRows.ReferAsync(connection, options.Schema, page, cancellation);
            await ReportRows.UpdateAsync(connection, options.Schema, agreement, page, cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }
}
