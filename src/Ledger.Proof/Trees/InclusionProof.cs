namespace Ledger.Proof.Trees;

/// <summary>RFC 6962, section 2.1.1, checked as RFC 9162, section 2.1.3.2, says.</summary>
public static class InclusionProof
{
    /// <summary>
    /// Whether the leaf is at this index of the tree with this size and root, and if not, why the proof fails.
    /// </summary>
    /// <param name="leaf">The leaf's hash (<see cref="MerkleHash.Leaf"/>), computed by the caller from the
    /// entry.</param>
    /// <param name="index">From zero.</param>
    /// <param name="size">Size of the tree, from a checkpoint whose signatures hold.</param>
    /// <param name="proof">From the leaf's sibling up to the root's child.</param>
    /// <param name="root">Root of the tree, from the same checkpoint.</param>
    public static ProofFault Verify(Hash leaf, long index, long size, IReadOnlyList<Hash> proof, Hash root)
    {
        if (index < 0 || index >= size)
            return ProofFault.IndexOutsideTree;
        var (fn, sn) = (index, size - 1);
        var r = leaf;
        foreach (var p in proof)
        {
            if (sn == 0)
                return ProofFault.TooManyHashes;
            if ((fn & 1) == 1 || fn == sn)
            {
                r = MerkleHash.Node(p, r);
                while ((fn & 1) == 0 && fn != 0)
                    (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
            {
                r = MerkleHash.Node(r, p);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        if (sn != 0)
            return ProofFault.TooFewHashes;
        return r == root ? ProofFault.None : ProofFault.OtherRoot;
    }
}
