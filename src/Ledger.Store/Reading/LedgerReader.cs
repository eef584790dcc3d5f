using System.Runtime.CompilerServices;
using Ledger.Domain.Entries;
using Npgsql;

namespace Ledger.Store.Reading;

/// <summary>Reads what was recorded, from the bytes that were hashed.</summary>
public sealed class LedgerReader(NpgsqlDataSource database, LedgerStoreOptions options)
{
    public async Task<bool> ExistsAsync(string agreement, CancellationToken cancellation = default) => await SizeAsync(agreement, cancellation) > 0;

    /// <summary>The number of entries, which is the last position; 0 when there is no such agreement.</summary>
    public async Task<long> SizeAsync(string agreement, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand($"select size from {options.Schema}.ledger_head where agreement = $1");
        command.Parameters.Add(new() { Value = agreement });
        return await command.ExecuteScalarAsync(cancellation) as long? ?? 0;
    }

    /// <summary>Entries in order, from one position up to another, both included.</summary>
    public async IAsyncEnumerable<Entry> EntriesAsync(string agreement, long from = 1, long to = long.MaxValue, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var entry in StoredAsync(agreement, from, to, cancellation))
            yield return entry.Entry;
    }

    internal async IAsyncEnumerable<StoredEntry> StoredAsync(string agreement, long from, long to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {EntryRows.Columns} from {options.Schema}.ledger_entry e where e.agreement = $1 and e.position between $2 and $3 order by e.position");
        command.Parameters.Add(new() { Value = agreement });
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = to });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        await foreach (var entry in rows.StoredEntriesAsync(cancellation))
            yield return entry;
    }
}
