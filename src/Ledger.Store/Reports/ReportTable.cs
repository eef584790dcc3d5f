using Ledger.Domain.Identities;
using Ledger.Store.Reading;
using Ledger.Store.Sql;
using Npgsql;

namespace Ledger.Store.Reports;

/// <summary>The table of reports as a cache of the log: it can always be made again.</summary>
public sealed class ReportTable(NpgsqlDataSource database, LedgerReader reader, LedgerStoreOptions options)
{
    private const int PageLength = 1_000;

    /// <summary>Everything recorded about one report; null when there is none with that id.</summary>
    public async Task<ReportHistory?> HistoryAsync(Guid report, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (
            await ReportRows.HistoriesAsync(connection, options.Schema, [report], cancellationToken)
        ).FirstOrDefault(history => history.Filing.Id == report);
    }

    /// <summary>Empties the table and fills it from the log, while nobody writes to the agreement.</summary>
    public async Task RebuildAsync(AgreementId agreement, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await EntryStandingRows.RefillAsync(transaction, options.Schema, agreement, cancellationToken);
        await using (
            var command = connection.Ask($"delete from {options.Schema}.report where agreement = $1", agreement)
        )
            await command.ExecuteNonQueryAsync(cancellationToken);
        await foreach (
            var page in reader
                .EntriesAsync(agreement, cancellationToken: cancellationToken)
                .Select(stored => stored.Entry)
                .Chunk(PageLength)
                .WithCancellation(cancellationToken)
        )
            await ReportRows.RebuildAsync(connection, options.Schema, agreement, page, cancellationToken);

        await transaction.CommitAsync(cancellationToken);
    }
}
