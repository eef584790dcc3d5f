using System.Numerics;

namespace Ledger.Proof.Trees;

/// <summary>Brings the bytes of a tile: at least its <see cref="TileId.Width"/> times 32, more if the stored tile is wider by now.</summary>
public delegate ReadOnlyMemory<byte> ReadTile(TileId id);

/// <summary>
/// Roots and proofs from tiles. Each needs the hashes of a few subtrees (<see cref="TreePaths"/>), each perfect subtree lies in
/// one tile, and no tile is read twice: one tile per level for a root or an inclusion proof, two for a consistency proof.
/// </summary>
public static class TileTree
{
    private const int BitsPerLevel = 8;

    /// <summary>RFC 6962, section 2.1: MTH(D[n]).</summary>
    /// <exception cref="Texts.MalformedException">A tile does not have the length its id says; so too below.</exception>
    public static Hash Root(long size, ReadTile read) => size == 0 ? MerkleHash.EmptyRoot : Hashes([new(0, size)], size, read)[0];

    /// <inheritdoc cref="TreePaths.Inclusion"/>
    public static IReadOnlyList<Hash> Inclusion(long index, long size, ReadTile read) => Hashes(TreePaths.Inclusion(index, size), size, read);

    /// <inheritdoc cref="TreePaths.Consistency"/>
    public static IReadOnlyList<Hash> Consistency(long oldSize, long newSize, ReadTile read) => Hashes(TreePaths.Consistency(oldSize, newSize), newSize, read);

    /// <summary>Which tiles <see cref="Hashes"/> will ask for, each once, so that a store can load them in one query.</summary>
    public static IReadOnlyList<TileId> TilesOf(IEnumerable<LeafRange> ranges, long size) =>
        [.. ranges.SelectMany(static range => range.PerfectSubtrees()).Select(subtree => Locate(subtree, size).Tile).Distinct()];

    /// <summary>The tree hash of each range, in the same order.</summary>
    public static IReadOnlyList<Hash> Hashes(IReadOnlyList<LeafRange> ranges, long size, ReadTile read)
    {
        var tiles = new Dictionary<TileId, Tile>();
        return [.. ranges.Select(range => range.PerfectSubtrees().Select(PerfectHash).Reverse().Aggregate(static (right, left) => MerkleHash.Node(left, right)))];

        Hash PerfectHash(LeafRange subtree)
        {
            var (id, first, count) = Locate(subtree, size);
            if (!tiles.TryGetValue(id, out var tile))
                tiles[id] = tile = Tile.Read(id, read(id));
            return tile.Subtree(first, count);
        }
    }

    /// <summary>A subtree of height 8 l + b is the subtree over 2^b hashes of a tile at level l.</summary>
    private static (TileId Tile, int First, int Count) Locate(LeafRange perfect, long size)
    {
        var (level, bits) = Math.DivRem(BitOperations.Log2((ulong)perfect.Count), BitsPerLevel);
        var position = perfect.From >> (BitsPerLevel * level);
        var (index, first) = Math.DivRem(position, TileId.FullWidth);
        return (TileId.InTree(level, index, size), (int)first, 1 << bits);
    }
}
