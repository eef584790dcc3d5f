using Ledger.Domain.Identities;
using Ledger.Proof;
using Ledger.Proof.Trees;
using Ledger.Store.Sql;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Log;

/// <summary>An accepted entry on its way into the log.</summary>
internal sealed record LogEntry(Guid EntryId, string Type, byte[] Bytes)
{
    public Hash LeafHash { get; } = MerkleHash.Leaf(Bytes);
}

/// <summary>
/// Writes entries and the tree over them, in the transaction that appends the events: nobody hears of an entry that is
/// not in the tree.
/// </summary>
internal sealed class LogTree(string schema, AgreementId agreement)
{
    /// <summary>
    /// The tree's right edge after the last commit of this process; another process may have moved on since.
    /// </summary>
    private TreeEdge _edge = TreeEdge.Empty;

    /// <summary>
    /// Appends to the tree of <paramref name="size"/> leaves, which must have the root that was last stored.
    /// </summary>
    /// <returns>The tree afterwards; hand it to <see cref="Committed"/> once the transaction has committed.</returns>
    public async ValueTask<TreeGrowth> GrowAsync(
        NpgsqlTransaction transaction,
        long size,
        Hash root,
        IReadOnlyList<LogEntry> entries,
        CancellationToken cancellationToken
    )
    {
        var edge = _edge.Size == size ? _edge : await LoadAsync(transaction, size, cancellationToken);
        if (edge.Root != root)
            throw new InvalidOperationException(
                $"The tree of '{agreement}' at {size} has root {edge.Root}, but the last one stored is {root}: tiles and head disagree."
            );
        return edge.Append(entries.Select(entry => entry.LeafHash));
    }

    public void Committed(TreeEdge edge) => _edge = edge;

    private async Task<TreeEdge> LoadAsync(
        NpgsqlTransaction transaction,
        long size,
        CancellationToken cancellationToken
    )
    {
        var tiles = await new LogRows(schema, transaction.Connection!, transaction).TilesAsync(
            agreement,
            TreeEdge.TilesOf(size),
            cancellationToken
        );
        return TreeEdge.Load(
            size,
            id =>
                tiles.TryGetValue((id.Level, id.Index), out var hashes)
                    ? hashes
                    : throw new InvalidOperationException($"The log of '{agreement}' lacks {id.Path}.")
        );
    }

    /// <summary>Writes entries from position <paramref name="first"/> on.</summary>
    public NpgsqlBatchCommand Entries(long first, Instant recordedAt, IReadOnlyList<LogEntry> entries) =>
        Commands.Step(
            $"""
            insert into {schema}.ledger_entry (agreement, position, entry_id, type, recorded_at, bytes, leaf_hash)
            select $1, $2 + number - 1, entry_id, type, $3, bytes, leaf_hash
            from unnest($4, $5, $6, $7) with ordinality as entry (entry_id, type, bytes, leaf_hash, number)
            """,
            agreement,
            first,
            recordedAt,
            entries.Select(entry => entry.EntryId).ToArray(),
            entries.Select(entry => entry.Type).ToArray(),
            entries.Select(entry => entry.Bytes).ToArray(),
            entries.Select(entry => entry.LeafHash.ToArray()).ToArray()
        );

    /// <summary>
    /// Writes the tiles that changed. A partial tile grows in place, as its narrower forms are its prefixes.
    /// </summary>
    public NpgsqlBatchCommand Tiles(IReadOnlyList<Tile> tiles) =>
        Commands.Step(
            $"""
            insert into {schema}.ledger_tile (agreement, level, index, hashes)
            select $1, level, index, hashes from unnest($2, $3, $4) as tile (level, index, hashes)
            on conflict (agreement, level, index) do update set hashes = excluded.hashes
            """,
            agreement,
            tiles.Select(tile => tile.Id.Level).ToArray(),
            tiles.Select(tile => tile.Id.Index).ToArray(),
            tiles.Select(tile => tile.Hashes.ToArray()).ToArray()
        );
}
