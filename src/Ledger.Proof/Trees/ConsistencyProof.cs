using System.Numerics;

namespace Ledger.Proof.Trees;

/// <summary>RFC 6962, section 2.1.2, checked as RFC 9162, section 2.1.4.2, says.</summary>
public static class ConsistencyProof
{
    /// <summary>Whether the new tree begins with all leaves of the old one, and if not, why the proof fails.</summary>
    /// <param name="oldSize">At least 1: whoever knows only the empty tree has nothing to compare with.</param>
    /// <param name="newSize">Not below <paramref name="oldSize"/>.</param>
    /// <param name="proof">As <see cref="TileTree.Consistency"/> gives it; empty for equal sizes.</param>
    /// <param name="oldRoot">From the checkpoint that was kept.</param>
    /// <param name="newRoot">From the checkpoint that is offered.</param>
    public static ProofFault Verify(
        long oldSize,
        long newSize,
        IReadOnlyList<Hash> proof,
        Hash oldRoot,
        Hash newRoot
    ) =>
        (oldSize, newSize) switch
        {
            (< 0, _) or (_, < 0) => ProofFault.NegativeSize,
            _ when newSize < oldSize => ProofFault.Shrunk,
            (0, _) => ProofFault.EmptyOldTree,
            _ when oldSize == newSize && oldRoot != newRoot => ProofFault.TwoRootsForOneSize,
            _ when oldSize == newSize => proof.Count == 0 ? ProofFault.None : ProofFault.TooManyHashes,
            _ when proof.Count == 0 => ProofFault.TooFewHashes,
            _ => Walk(oldSize, newSize, BitOperations.IsPow2(oldSize) ? [oldRoot, .. proof] : proof, oldRoot, newRoot),
        };

    private static ProofFault Walk(long oldSize, long newSize, IReadOnlyList<Hash> path, Hash oldRoot, Hash newRoot)
    {
        var (fn, sn) = (oldSize - 1, newSize - 1);
        while ((fn & 1) == 1)
            (fn, sn) = (fn >> 1, sn >> 1);
        var (fr, sr) = (path[0], path[0]);
        foreach (var c in path.Skip(1))
        {
            if (sn == 0)
                return ProofFault.TooManyHashes;
            if ((fn & 1) == 1 || fn == sn)
            {
                fr = MerkleHash.Node(c, fr);
                sr = MerkleHash.Node(c, sr);
                while ((fn & 1) == 0 && fn != 0)
                    (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
            {
                sr = MerkleHash.Node(sr, c);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        if (sn != 0)
            return ProofFault.TooFewHashes;
        if (fr != oldRoot)
            return ProofFault.OtherOldRoot;
        return sr == newRoot ? ProofFault.None : ProofFault.OtherNewRoot;
    }
}
