using System.Collections.Immutable;

namespace Ledger.Proof.Trees;

/// <summary>
/// The right edge of a tree: its partial tiles, at most one per level. That is all that is needed to go on appending,
/// so an append costs the same in a tree of ten and of ten million leaves. Immutable: a rolled back transaction leaves
/// it as it was.
/// </summary>
public sealed class TreeEdge
{
    private const int BitsPerLevel = 8;

    /// <summary>By level; a level without a partial tile has no hashes.</summary>
    private readonly ImmutableArray<ImmutableArray<Hash>> _levels;

    private TreeEdge(long size, ImmutableArray<ImmutableArray<Hash>> levels)
    {
        Size = size;
        _levels = levels;
        Root = new TileTree(size, ReadOwn).Root;
    }

    public static TreeEdge Empty { get; } = new(0, []);

    /// <summary>Number of leaves.</summary>
    public long Size { get; }

    public Hash Root { get; }

    /// <summary>The partial tiles of a tree of this size, which <see cref="Load"/> asks for.</summary>
    public static IReadOnlyList<TileId> TilesOf(long size) =>
        [
            .. Enumerable
                .Range(0, Levels(size))
                .Where(level => WidthAt(level, size) > 0)
                .Select(level => Partial(level, size)),
        ];

    /// <summary>
    /// The edge of a stored tree. Compare its <see cref="Root"/> with the one last signed before going on.
    /// </summary>
    /// <exception cref="Texts.MalformedException">A tile does not have the length its id says.</exception>
    public static TreeEdge Load(long size, ReadTile read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var levels = Enumerable.Repeat(ImmutableArray<Hash>.Empty, Levels(size)).ToArray();
        foreach (var id in TilesOf(size))
        {
            var tile = Tile.Read(id, read(id));
            levels[id.Level] = [.. Enumerable.Range(0, id.Width).Select(i => tile[i])];
        }

        return new(size, [.. levels]);
    }

    /// <summary>
    /// The tree with these leaf hashes added, and every tile that differs from before, full ones and new partial ones.
    /// </summary>
    public TreeGrowth Append(IEnumerable<Hash> leaves)
    {
        var levels = _levels.Select(static hashes => hashes.ToList()).ToList();
        var touched = new HashSet<int>();
        var changed = new List<Tile>();
        var size = Size;
        foreach (var leaf in leaves)
        {
            size++;
            Add(0, leaf);
        }

        changed.AddRange(
            touched
                .Where(level => levels[level].Count > 0)
                .Order()
                .Select(level => ToTile(Partial(level, size), levels[level]))
        );
        return new(new(size, [.. levels.Select(static hashes => hashes.ToImmutableArray())]), changed);

        void Add(int level, Hash hash)
        {
            if (level == levels.Count)
                levels.Add([]);
            touched.Add(level);
            levels[level].Add(hash);
            if (levels[level].Count < TileId.FullWidth)
                return;

            // tlog-tiles: only a full tile has its hash in the level above.
            var full = ToTile(
                new(level, (size >> (BitsPerLevel * level)) / TileId.FullWidth - 1, TileId.FullWidth),
                levels[level]
            );
            changed.Add(full);
            levels[level].Clear();
            Add(level + 1, full.Root);
        }
    }

    private static int Levels(long size)
    {
        var levels = 0;
        for (; size > 0; size >>= BitsPerLevel)
            levels++;
        return levels;
    }

    private static TileId Partial(int level, long size) =>
        TileId.InTree(level, (size >> (BitsPerLevel * level)) / TileId.FullWidth, size);

    private static int WidthAt(int level, long size) => (int)((size >> (BitsPerLevel * level)) % TileId.FullWidth);

    private static Tile ToTile(TileId id, IReadOnlyList<Hash> hashes)
    {
        var bytes = new byte[hashes.Count * Hash.Length];
        for (var i = 0; i < hashes.Count; i++)
            hashes[i].CopyTo(bytes.AsSpan(i * Hash.Length));
        return new(id, bytes);
    }

    private ReadOnlyMemory<byte> ReadOwn(TileId id) => ToTile(id, _levels[id.Level]).Hashes;
}

/// <summary>What an append gives.</summary>
/// <param name="Edge">The tree afterwards.</param>
/// <param name="Changed">Tiles to store, each at most once; a partial one replaces the narrower one with the same level
/// and index.</param>
public sealed record TreeGrowth(TreeEdge Edge, IReadOnlyList<Tile> Changed);
