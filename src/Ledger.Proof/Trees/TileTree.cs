using System.Numerics;

namespace Ledger.Proof.Trees;

/// <summary>
/// Brings the bytes of a tile: at least its <see cref="TileId.Width"/> times 32, more if the stored tile is wider by
/// now.
/// </summary>
public delegate ReadOnlyMemory<byte> ReadTile(TileId id);

/// <summary>
/// Roots and proofs of a tree whose hashes lie in tiles. It reads one tile per level for a root, two at most for a
/// proof, none twice, and keeps what it has hashed: the proofs of a whole batch cost little more than one. Not for
/// several threads.
/// </summary>
/// <param name="size">Number of leaves, from 0.</param>
/// <param name="read">Called once for each tile that is needed.</param>
public sealed class TileTree(long size, ReadTile read)
{
    private const int BitsPerLevel = 8;

    private readonly Dictionary<TileId, TileNodes> _tiles = [];
    private readonly Dictionary<LeafRange, Hash> _hashes = [];

    /// <summary>RFC 6962, section 2.1: MTH(D[n]).</summary>
    /// <exception cref="Texts.MalformedException">A tile does not have the length its id says; so too
    /// below.</exception>
    public Hash Root => size == 0 ? MerkleHash.EmptyRoot : HashOf(new(0, size));

    /// <inheritdoc cref="TreePaths.Inclusion"/>
    public IReadOnlyList<Hash> Inclusion(long index) => [.. TreePaths.Inclusion(index, size).Select(HashOf)];

    /// <summary>PROOF(m, D[n]) of RFC 6962, section 2.1.2, to this tree from one of its beginnings.</summary>
    /// <param name="oldSize">m, from 1 to the size of this tree.</param>
    public IReadOnlyList<Hash> Consistency(long oldSize) => [.. TreePaths.Consistency(oldSize, size).Select(HashOf)];

    /// <summary>
    /// Which tiles a proof over these ranges reads, each once, so that a store can load them in one query.
    /// </summary>
    public static IReadOnlyList<TileId> TilesOf(IEnumerable<LeafRange> ranges, long size) =>
        [
            .. ranges
                .SelectMany(static range => range.PerfectSubtrees())
                .Select(subtree => TileId.InTree(Level(subtree), Place(subtree) / TileId.FullWidth, size))
                .Distinct(),
        ];

    /// <summary>
    /// The recursion of RFC 6962, section 2.1, down to the perfect subtrees, which lie in tiles. The others are on the
    /// right edge, and few.
    /// </summary>
    private Hash HashOf(LeafRange range)
    {
        if (BitOperations.IsPow2(range.Count))
            return Perfect(range);
        if (_hashes.TryGetValue(range, out var known))
            return known;
        var (left, right) = range.Split();
        return _hashes[range] = MerkleHash.Node(HashOf(left), HashOf(right));
    }

    private Hash Perfect(LeafRange perfect)
    {
        var (index, within) = Math.DivRem(Place(perfect), TileId.FullWidth);
        var id = TileId.InTree(Level(perfect), index, size);
        if (!_tiles.TryGetValue(id, out var nodes))
            _tiles[id] = nodes = new TileNodes(Tile.Read(id, read(id)));
        return nodes.Of((int)within, BitOperations.Log2((ulong)perfect.Count) % BitsPerLevel);
    }

    /// <summary>Of the tile that a perfect subtree is in or lies within.</summary>
    private static int Level(LeafRange perfect) => BitOperations.Log2((ulong)perfect.Count) / BitsPerLevel;

    /// <summary>Which hash of its level a subtree is or begins with.</summary>
    private static long Place(LeafRange perfect) => perfect.From >> (BitsPerLevel * Level(perfect));
}
