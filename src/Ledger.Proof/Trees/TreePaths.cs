namespace Ledger.Proof.Trees;

/// <summary>
/// Which subtrees' hashes a proof consists of: RFC 6962, sections 2.1.1 and 2.1.2, as arithmetic alone. A store can see
/// from them which tiles to load before anything is hashed.
/// </summary>
public static class TreePaths
{
    /// <summary>PATH(m, D[n]), from the leaf's sibling up to the root's child.</summary>
    /// <param name="index">m, from zero, below <paramref name="size"/>.</param>
    /// <param name="size">n.</param>
    public static IReadOnlyList<LeafRange> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<LeafRange>();
        Path(index, new(0, size), path);
        return path;
    }

    /// <summary>PROOF(m, D[n]).</summary>
    /// <param name="oldSize">m, at least 1: nothing needs to be proved about the empty tree.</param>
    /// <param name="newSize">n, not below <paramref name="oldSize"/>. The proof between equal sizes is empty.</param>
    public static IReadOnlyList<LeafRange> Consistency(long oldSize, long newSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(oldSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        var path = new List<LeafRange>();
        Subproof(oldSize, new(0, newSize), true, path);
        return path;
    }

    private static void Path(long index, LeafRange tree, List<LeafRange> path)
    {
        if (tree.Count == 1)
            return;
        var (left, right) = tree.Split();
        var (containing, sibling) = index < left.Until ? (left, right) : (right, left);
        Path(index, containing, path);
        path.Add(sibling);
    }

    private static void Subproof(long oldSize, LeafRange tree, bool known, List<LeafRange> path)
    {
        if (oldSize == tree.Until)
        {
            // The verifier has the hash of the old tree itself, but of no other subtree.
            if (!known)
                path.Add(tree);
            return;
        }

        var (left, right) = tree.Split();
        if (oldSize <= left.Until)
        {
            Subproof(oldSize, left, known, path);
            path.Add(right);
        }
        else
        {
            Subproof(oldSize, right, false, path);
            path.Add(left);
        }
    }
}
