namespace Ledger.Proof.Trees;

/// <summary>RFC 6962, section 2.1: the three hashes a tree is made of, with SHA-256.</summary>
public static class MerkleHash
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;

    /// <summary>SHA-256 of nothing.</summary>
    public static Hash EmptyRoot { get; } = Hash.Of([]);

    /// <summary>SHA-256(0x00 ‖ entry). The prefixes keep a leaf from passing for a node.</summary>
    public static Hash Leaf(ReadOnlySpan<byte> entry)
    {
        Span<byte> content = entry.Length < 1024 ? stackalloc byte[entry.Length + 1] : new byte[entry.Length + 1];
        content[0] = LeafPrefix;
        entry.CopyTo(content[1..]);
        return Hash.Of(content);
    }

    /// <summary>SHA-256(0x01 ‖ left ‖ right).</summary>
    public static Hash Node(Hash left, Hash right)
    {
        Span<byte> content = stackalloc byte[1 + 2 * Hash.Length];
        content[0] = NodePrefix;
        left.CopyTo(content[1..]);
        right.CopyTo(content[(1 + Hash.Length)..]);
        return Hash.Of(content);
    }
}
