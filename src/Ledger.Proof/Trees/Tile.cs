using Ledger.Proof.Texts;

namespace Ledger.Proof.Trees;

/// <summary>A tile and its hashes, one after another, 32 bytes each.</summary>
public readonly record struct Tile(TileId Id, ReadOnlyMemory<byte> Hashes)
{
    /// <summary>
    /// Checks bytes that came for <paramref name="id"/>. A wider tile is taken too: what it has in front is what was
    /// asked for.
    /// </summary>
    /// <exception cref="MalformedException"><see cref="Malformation.TileLength"/></exception>
    internal static Tile Read(TileId id, ReadOnlyMemory<byte> hashes)
    {
        if (
            hashes.Length % Hash.Length != 0
            || hashes.Length < id.Width * Hash.Length
            || hashes.Length > TileId.FullWidth * Hash.Length
        )
            throw new MalformedException(
                Malformation.TileLength,
                $"{id.Path} has {hashes.Length} bytes instead of {id.Width * Hash.Length}."
            );
        return new(id, hashes[..(id.Width * Hash.Length)]);
    }

    internal Hash this[int index] => new(Hashes.Span.Slice(index * Hash.Length, Hash.Length));

    /// <summary>The one hash that a full tile has in the level above (tlog-tiles, "Merkle Tree").</summary>
    internal Hash Root => Subtree(0, TileId.FullWidth);

    private Hash Subtree(int first, int count) =>
        count == 1 ? this[first] : MerkleHash.Node(Subtree(first, count / 2), Subtree(first + count / 2, count / 2));
}
