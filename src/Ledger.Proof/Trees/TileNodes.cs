namespace Ledger.Proof.Trees;

/// <summary>
/// The subtrees over the hashes of one tile, hashed when they are asked for and once. A tile keeps none of them, so a
/// proof through a full tile hashes almost all of its 255; they lie in an array, in the order of a heap, because
/// looking each up by its leaves costs more than hashing it.
/// </summary>
internal sealed class TileNodes(Tile tile)
{
    private readonly Hash?[] _nodes = new Hash?[TileId.FullWidth];

    /// <param name="first">Which of the tile's hashes the subtree begins with: a multiple of its number of
    /// hashes.</param>
    /// <param name="height">The subtree is over 2^height of them, all of which the tile has.</param>
    public Hash Of(int first, int height) => height == 0 ? tile[first] : Node((TileId.FullWidth + first) >> height);

    /// <summary>The children of node n are 2n and 2n + 1; from 256 on they are the tile's own hashes.</summary>
    private Hash Node(int node) =>
        node >= TileId.FullWidth
            ? tile[node - TileId.FullWidth]
            : _nodes[node] ??= MerkleHash.Node(Node(2 * node), Node((2 * node) + 1));
}
