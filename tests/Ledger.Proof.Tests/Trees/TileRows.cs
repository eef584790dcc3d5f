using Ledger.Proof.Trees;

namespace Ledger.Proof.Tests.Trees;

/// <summary>
/// Tiles as a database keeps them: one row for each level and index, a partial tile overwritten by a wider one.
/// </summary>
internal sealed class TileRows
{
    private readonly Dictionary<(int Level, long Index), byte[]> _rows = [];

    public TreeEdge Edge { get; private set; } = TreeEdge.Empty;

    public List<TileId> Asked { get; } = [];

    public IReadOnlyDictionary<(int Level, long Index), byte[]> Rows => _rows;

    public static TileRows OfNumbers(int size)
    {
        var rows = new TileRows();
        rows.Grow(Leaves(0, size));
        return rows;
    }

    public static IEnumerable<Hash> Leaves(int from, int until) =>
        Enumerable.Range(from, until - from).Select(i => MerkleHash.Leaf(RecursiveTree.Number(i)));

    public IReadOnlyList<Tile> Grow(IEnumerable<Hash> leaves)
    {
        var growth = Edge.Append(leaves);
        foreach (var tile in growth.Changed)
            _rows[(tile.Id.Level, tile.Id.Index)] = tile.Hashes.ToArray();
        Edge = growth.Edge;
        return growth.Changed;
    }

    public ReadOnlyMemory<byte> Read(TileId id)
    {
        Asked.Add(id);
        return _rows[(id.Level, id.Index)];
    }

    /// <summary>As from files named after their width: no more than was asked for.</summary>
    public ReadOnlyMemory<byte> ReadExactly(TileId id) => Read(id)[..(id.Width * Hash.Length)];
}
