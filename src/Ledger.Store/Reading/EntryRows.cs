using System.Runtime.CompilerServices;
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
