using System.Numerics;

namespace Ledger.Proof.Trees;

/// <summary>
/// The leaves <paramref name="From"/> (inclusive) to <paramref name="Until"/> (exclusive) and the subtree over them.
/// </summary>
/// <param name="From">A multiple of the smallest power of two that is not below <see cref="Count"/>, as in every
/// subtree of RFC 6962.</param>
/// <param name="Until">Above <paramref name="From"/>.</param>
public readonly record struct LeafRange(long From, long Until)
{
    public long Count => Until - From;

    /// <summary>
    /// At k, the largest power of two smaller than n (RFC 6962, section 2.1). Precondition: two leaves or more.
    /// </summary>
    internal (LeafRange Left, LeafRange Right) Split()
    {
        var middle = From + (1L << BitOperations.Log2((ulong)(Count - 1)));
        return (new(From, middle), new(middle, Until));
    }

    /// <summary>
    /// The perfect subtrees (a power of two of leaves) that this range consists of, from left to right.
    /// </summary>
    internal IEnumerable<LeafRange> PerfectSubtrees()
    {
        for (var from = From; from < Until; )
        {
            var until = from + (1L << BitOperations.Log2((ulong)(Until - from)));
            yield return new(from, until);
            from = until;
        }
    }
}
