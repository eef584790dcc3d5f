using System.Numerics;

namespace Ledger.Proof.Trees;

/// <summary>The leaves <paramref name="From"/> (inclusive) to <paramref name="Until"/> (exclusive) and the hash of the tree over them.</summary>
/// <param name="From">A multiple of the smallest power of two that is not below <see cref="Count"/>, as in every subtree of RFC 6962.</param>
/// <param name="Until">Above <paramref name="From"/>.</param>
public readonly record struct LeafRange(long From, long Until)
{
    public long Count => Until - From;

    /// <summary>The perfect subtrees (a power of two of leaves) that this range consists of, from left to right.</summary>
    internal IEnumerable<LeafRange> PerfectSubtrees()
    {
        for (var from = From; from < Until;)
        {
            var until = from + (1L << BitOperations.Log2((ulong)(Until - from)));
            yield return new(from, until);
            from = until;
        }
    }
}
