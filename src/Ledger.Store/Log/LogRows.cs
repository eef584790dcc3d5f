using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Proof;
using Ledger.Proof.Notes;
using Ledger.Proof.Trees;
using Ledger.Store.Reading;
using Ledger.Store.Sql;
using Npgsql;

namespace Ledger.Store.Log;

/// <summary>Reads the log's tables over one connection: checkpoints, tiles, and what follows from them.</summary>
internal sealed class LogRows(string schema, NpgsqlConnection connection, NpgsqlTransaction? transaction = null)
{
    /// <summary>The checkpoint of that size, or the latest, with the cosignatures collected for it.</summary>
    public async Task<SignedCheckpoint?> CheckpointAsync(
        AgreementId agreement,
        long? size,
        CancellationToken cancellationToken
    )
    {
        await using var command = Ask(
            $"""
            select c.note, coalesce(array_agg(w.line order by w.witness) filter (where w.line is not null), array[]::text[])
            from (select * from {schema}.ledger_checkpoint where agreement = $1 and size = coalesce($2::bigint, size) order by size desc limit 1) c
            left join {schema}.ledger_cosignature w on w.agreement = c.agreement and w.size = c.size
            group by c.note
            """,
            agreement,
            size
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken)
            ? SignedCheckpoint
                .Parse(rows.GetString(0))
                .With(rows.GetFieldValue<string[]>(1).Select(NoteSignature.Parse))
            : null;
    }

    /// <summary>The checkpoint of that size with the log's own signatures alone, which never change.</summary>
    public async Task<SignedCheckpoint?> SignedAsync(
        AgreementId agreement,
        long size,
        CancellationToken cancellationToken
    )
    {
        await using var command = Ask(
            $"select note from {schema}.ledger_checkpoint where agreement = $1 and size = $2",
            agreement,
            size
        );
        return await command.ExecuteScalarAsync(cancellationToken) is string note ? SignedCheckpoint.Parse(note) : null;
    }

    /// <summary>Every change of the log's key, as its entries tell it.</summary>
    public async Task<IReadOnlyList<KeyChange>> KeyChangesAsync(
        AgreementId agreement,
        CancellationToken cancellationToken
    )
    {
        await using var command = Ask(
            $"select {EntryRows.Columns} from {schema}.ledger_entry e where e.agreement = $1 and e.type = $2 order by e.position",
            agreement,
            EventTypes.NameOf(typeof(KeyRotated))
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.StoredEntriesAsync(cancellationToken)
            .Select(stored => KeyChange.Of(stored.Position, (KeyRotated)stored.Entry.Event))
            .ToListAsync(cancellationToken);
    }

    public async Task<Hash> RootAsync(AgreementId agreement, long size, CancellationToken cancellationToken) =>
        size == 0
            ? MerkleHash.EmptyRoot
            : (await TreeAsync(agreement, size, [new LeafRange(0, size)], cancellationToken)).Root;

    /// <summary>
    /// A tree that can answer whatever needs the hashes of these ranges; one query brings their tiles.
    /// </summary>
    public async Task<TileTree> TreeAsync(
        AgreementId agreement,
        long size,
        IEnumerable<LeafRange> ranges,
        CancellationToken cancellationToken
    )
    {
        var tiles = await TilesAsync(agreement, TileTree.TilesOf(ranges, size), cancellationToken);
        return new TileTree(
            size,
            id =>
                tiles.TryGetValue((id.Level, id.Index), out var hashes)
                    ? hashes
                    : throw new InvalidOperationException($"The log of '{agreement}' lacks {id.Path}.")
        );
    }

    /// <summary>Tiles as they are stored, by level and index: wider than asked for where the tree has grown.</summary>
    public async Task<Dictionary<(int Level, long Index), byte[]>> TilesAsync(
        AgreementId agreement,
        IReadOnlyList<TileId> wanted,
        CancellationToken cancellationToken
    )
    {
        await using var command = Ask(
            $"select t.level, t.index, t.hashes from {schema}.ledger_tile t join unnest($2, $3) as wanted (level, index) using (level, index) where t.agreement = $1",
            agreement,
            wanted.Select(tile => tile.Level).ToArray(),
            wanted.Select(tile => tile.Index).ToArray()
        );
        var tiles = new Dictionary<(int Level, long Index), byte[]>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            tiles.Add((rows.GetInt32(0), rows.GetInt64(1)), rows.GetFieldValue<byte[]>(2));
        return tiles;
    }

    public NpgsqlCommand Ask(string sql, params ReadOnlySpan<object?> values) =>
        transaction?.Ask(sql, values) ?? connection.Ask(sql, values);
}
