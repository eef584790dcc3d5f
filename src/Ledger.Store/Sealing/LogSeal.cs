using System.Collections.Immutable;
using Ledger.Proof;
using Ledger.Proof.Trees;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Sealing;

/// <summary>An accepted entry on its way into the log.</summary>
internal sealed record LogEntry(Guid EntryId, string Type, byte[] Bytes, ImmutableArray<SealedValue> Values)
{
    public Hash LeafHash { get; } = MerkleHash.Leaf(Bytes);
}

/// <summary>
/// Writes entries, their sealed values and the tree over them, in the transaction that appends the events: nobody hears
/// of an entry that is not sealed.
/// </summary>
internal sealed class LogSeal(string schema, string agreement, HandleRows handles)
{
    public HandleRows Handles => handles;

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

    /// <summary>
    /// Writes the entries after the first <paramref name="size"/>, what they seal, and the tree. Fresh keys of persons
    /// are in their folder then, which must be flushed before the commit.
    /// </summary>
    public IEnumerable<NpgsqlBatchCommand> Write(
        long size,
        Instant recordedAt,
        IReadOnlyList<LogEntry> entries,
        HandleBook book,
        TreeGrowth growth
    ) => [Entries(size + 1, recordedAt, entries), .. handles.Write(book, size + 1, entries), Tiles(growth.Changed)];

    public void Committed(TreeEdge edge) => _edge = edge;

    private async Task<TreeEdge> LoadAsync(
        NpgsqlTransaction transaction,
        long size,
        CancellationToken cancellationToken
    )
    {
        var wanted = TreeEdge.TilesOf(size);
        await using var command = new NpgsqlCommand(
            $"""
            select t.level, t.index, t.hashes from {schema}.ledger_tile t join unnest($2, $3) as wanted (level, index) using (level, index) where t.agreement = $1
            """,
            transaction.Connection,
            transaction
        )
        {
            Parameters =
            {
                new() { Value = agreement },
                new() { Value = wanted.Select(tile => tile.Level).ToArray() },
                new() { Value = wanted.Select(tile => tile.Index).ToArray() },
            },
        };
        var tiles = new Dictionary<(int Level, long Index), byte[]>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            tiles.Add((rows.GetInt32(0), rows.GetInt64(1)), rows.GetFieldValue<byte[]>(2));
        return TreeEdge.Load(
            size,
            id =>
                tiles.TryGetValue((id.Level, id.Index), out var hashes)
                    ? hashes
                    : throw new InvalidOperationException($"The log of '{agreement}' lacks {id.Path}.")
        );
    }

    private NpgsqlBatchCommand Entries(long first, Instant recordedAt, IReadOnlyList<LogEntry> entries) =>
        new(
            $"""
            insert into {schema}.ledger_entry (agreement, position, entry_id, type, recorded_at, bytes, leaf_hash)
            select $1, $2 + number - 1, entry_id, type, $3, bytes, leaf_hash
            from unnest($4, $5, $6, $7) with ordinality as entry (entry_id, type, bytes, leaf_hash, number)
            """
        )
        {
            Parameters =
            {
                new() { Value = agreement },
                new() { Value = first },
                new() { Value = recordedAt.ToDateTimeUtc() },
                new() { Value = entries.Select(entry => entry.EntryId).ToArray() },
                new() { Value = entries.Select(entry => entry.Type).ToArray() },
                new() { Value = entries.Select(entry => entry.Bytes).ToArray() },
                new() { Value = entries.Select(entry => entry.LeafHash.ToArray()).ToArray() },
            },
        };

    /// <summary>A partial tile grows in place, as its narrower forms are its prefixes.</summary>
    private NpgsqlBatchCommand Tiles(IReadOnlyList<Tile> tiles) =>
        new(
            $"""
            insert into {schema}.ledger_tile (agreement, level, index, hashes)
            select $1, level, index, hashes from unnest($2, $3, $4) as tile (level, index, hashes)
            on conflict (agreement, level, index) do update set hashes = excluded.hashes
            """
        )
        {
            Parameters =
            {
                new() { Value = agreement },
                new() { Value = tiles.Select(tile => tile.Id.Level).ToArray() },
                new() { Value = tiles.Select(tile => tile.Id.Index).ToArray() },
                new() { Value = tiles.Select(tile => tile.Hashes.ToArray()).ToArray() },
            },
        };
}
