using System.Collections.Immutable;
using System.Security.Cryptography;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Sealing;

/// <summary>An accepted entry on its way into the log.</summary>
internal sealed record LogEntry(Guid EntryId, string Type, byte[] Bytes, ImmutableArray<Disclosure> Disclosures)
{
    private static readonly byte[] LeafPrefix = [0x00];

    /// <summary>RFC 6962, section 2.1.</summary>
    public byte[] LeafHash { get; } = SHA256.HashData([.. LeafPrefix, .. Bytes]);
}

/// <summary>Writes entries into the log, in the transaction that appends them: nobody hears of an entry that is not sealed.</summary>
internal static class LogSeal
{
    public static async Task SealAsync(NpgsqlTransaction transaction, string schema, string agreement, long firstPosition, Instant recordedAt, IReadOnlyList<LogEntry> entries, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"""
            insert into {schema}.ledger_entry (agreement, position, entry_id, type, recorded_at, bytes, leaf_hash)
            select $1, $2 + number - 1, entry_id, type, $3, bytes, leaf_hash
            from unnest($4, $5, $6, $7) with ordinality as entry (entry_id, type, bytes, leaf_hash, number)
            """)
        {
            Parameters =
            {
                new() { Value = agreement },
                new() { Value = firstPosition },
                new() { Value = recordedAt.ToDateTimeUtc() },
                new() { Value = entries.Select(e => e.EntryId).ToArray() },
                new() { Value = entries.Select(e => e.Type).ToArray() },
                new() { Value = entries.Select(e => e.Bytes).ToArray() },
                new() { Value = entries.Select(e => e.LeafHash).ToArray() },
            },
        });

        var disclosures = entries.SelectMany((e, index) => e.Disclosures.Select(disclosure => (e.EntryId, Position: firstPosition + index, disclosure))).ToArray();
        if (disclosures.Length > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"""
                insert into {schema}.ledger_disclosure (entry_id, name, agreement, position, disclosure)
                select entry_id, name, $1, position, disclosure from unnest($2, $3, $4, $5) as opened (entry_id, name, position, disclosure)
                """)
            {
                Parameters =
                {
                    new() { Value = agreement },
                    new() { Value = disclosures.Select(d => d.EntryId).ToArray() },
                    new() { Value = disclosures.Select(d => d.disclosure.Name).ToArray() },
                    new() { Value = disclosures.Select(d => d.Position).ToArray() },
                    new() { Value = disclosures.Select(d => d.disclosure.Text).ToArray() },
                },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellation);
    }
}
