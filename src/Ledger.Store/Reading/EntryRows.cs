using System.Runtime.CompilerServices;
using Ledger.Domain.Decisions;
using Ledger.Proof;
using Ledger.Store.Sql;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Reading;

/// <summary>Reads rows of <c>ledger_entry</c>, always in the same columns.</summary>
internal static class EntryRows
{
    public const string Columns = "e.agreement, e.position, e.entry_id, e.type, e.recorded_at, e.bytes, e.leaf_hash";

    public const int Count = 7;

    /// <summary>Entries of whatever agreement.</summary>
    public static NpgsqlBatchCommand WithIds(string schema, Guid[] ids) =>
        Commands.Step($"select {Columns} from {schema}.ledger_entry e where e.entry_id = any($1)", ids);

    /// <summary>
    /// How many retractions hang below each of these retractions, counted no further than a decision needs.
    /// </summary>
    public static async Task<IReadOnlyDictionary<Guid, int>> RetractionsBelowAsync(
        NpgsqlTransaction transaction,
        string schema,
        Guid[] retractions,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<Guid, int>();
        if (retractions.Length == 0)
            return found;
        await using var command = transaction.Ask(
            $"""
            with recursive chain (start, id, depth) as (
                select id, id, 0 from unnest($1) as given (id)
                union all
                select c.start, r.target, c.depth + 1 from chain c
                join {schema}.ledger_entry e on e.entry_id = c.id and e.type = 'entry_retracted'
                join {schema}.ledger_reference r on r.entry_id = c.id where c.depth <= $2)
            select start, max(depth) from chain group by start
            """,
            retractions,
            EntryDecider.DeepestRetraction
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            found.Add(rows.GetGuid(0), rows.GetInt32(1));
        return found;
    }

    public static async IAsyncEnumerable<StoredEntry> StoredEntriesAsync(
        this NpgsqlDataReader reader,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return new StoredEntry(
                reader.AgreementAt(0),
                reader.GetInt64(1),
                reader.GetGuid(2),
                reader.GetString(3),
                reader.InstantAt(4),
                reader.GetFieldValue<byte[]>(5),
                reader.HashAt(6)
            );
        }
    }
}
