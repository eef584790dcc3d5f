using System.Security.Cryptography;
using Ledger.Proof.Trees;

namespace Ledger.Proof.Tests.Trees;

/// <summary>
/// RFC 6962, section 2.1, word for word and as slow as it stands there, but for remembering hashes of ranges.
/// </summary>
internal sealed class RecursiveTree(IReadOnlyList<byte[]> d)
{
    private readonly Dictionary<(int, int), byte[]> _known = [];

    /// <summary>Leaf i is two bytes: i mod 256 and i / 256 mod 256, as in the published golden roots.</summary>
    public static RecursiveTree OfNumbers(int size) => new([.. Enumerable.Range(0, size).Select(Number)]);

    public static byte[] Number(int i) => [(byte)(i & 0xff), (byte)((i >> 8) & 0xff)];

    public Hash Root(int n) => new(Mth(0, n));

    public Hash Mth(LeafRange range) => new(Mth((int)range.From, (int)range.Until));

    /// <summary>PATH(m, D[n]).</summary>
    public IEnumerable<Hash> Path(int m, int n) => Path(m, 0, n).Select(hash => new Hash(hash));

    /// <summary>PROOF(m, D[n]) = SUBPROOF(m, D[n], true).</summary>
    public IEnumerable<Hash> Proof(int m, int n) => Subproof(m, 0, n, true).Select(hash => new Hash(hash));

    private byte[] Mth(int from, int until)
    {
        if (_known.TryGetValue((from, until), out var known))
            return known;
        var n = until - from;
        var k = K(n);
        return _known[(from, until)] = n switch
        {
            0 => SHA256.HashData([]),
            1 => SHA256.HashData([0x00, .. d[from]]),
            _ => SHA256.HashData([0x01, .. Mth(from, from + k), .. Mth(from + k, until)]),
        };
    }

    private IEnumerable<byte[]> Path(int m, int from, int until)
    {
        var n = until - from;
        var k = K(n);
        if (n == 1)
            return [];
        return m < k
            ? Path(m, from, from + k).Append(Mth(from + k, until))
            : Path(m - k, from + k, until).Append(Mth(from, from + k));
    }

    private IEnumerable<byte[]> Subproof(int m, int from, int until, bool b)
    {
        var n = until - from;
        var k = K(n);
        if (m == n)
            return b ? [] : [Mth(from, until)];
        return m <= k
            ? Subproof(m, from, from + k, b).Append(Mth(from + k, until))
            : Subproof(m - k, from + k, until, false).Append(Mth(from, from + k));
    }

    /// <summary>The largest power of two smaller than n.</summary>
    private static int K(int n)
    {
        var k = 1;
        while (k * 2 < n)
            k *= 2;
        return k;
    }
}
