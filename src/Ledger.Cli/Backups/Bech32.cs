namespace Ledger.Cli.Backups;

/// <summary>Bech32 (BIP 173), in which the keys of age are written.</summary>
internal static class Bech32
{
    private const string Characters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int ChecksumLength = 6;

    private static readonly uint[] Generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    /// <param name="prefix">In lower case.</param>
    /// <param name="data">Any bytes.</param>
    public static string Write(string prefix, ReadOnlySpan<byte> data)
    {
        var groups = Regroup(data, from: 8, to: 5, pads: true)!;
        var sum = Polymod([.. Expand(prefix), .. groups, .. new byte[ChecksumLength]]) ^ 1;
        var check = Enumerable.Range(0, ChecksumLength).Select(i => (byte)((sum >> (5 * (5 - i))) & 31));
        return $"{prefix}1{string.Concat(groups.Concat(check).Select(group => Characters[group]))}";
    }

    /// <returns>The bytes; null when it is mistyped or has another prefix.</returns>
    public static byte[]? Read(string prefix, string text)
    {
        if (text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper))
            return null;
        var lower = text.ToLowerInvariant();
        if (!lower.StartsWith(prefix + "1", StringComparison.Ordinal))
            return null;
        var groups = lower[(prefix.Length + 1)..].Select(character => Characters.IndexOf(character)).ToArray();
        if (groups.Length < ChecksumLength || groups.Contains(-1))
            return null;
        byte[] values = [.. groups.Select(group => (byte)group)];
        return Polymod([.. Expand(prefix), .. values]) == 1
            ? Regroup(values.AsSpan(0, values.Length - ChecksumLength), from: 5, to: 8, pads: false)
            : null;
    }

    private static IEnumerable<byte> Expand(string prefix) =>
        [.. prefix.Select(c => (byte)(c >> 5)), 0, .. prefix.Select(c => (byte)(c & 31))];

    private static uint Polymod(IReadOnlyList<byte> values)
    {
        var sum = 1u;
        foreach (var value in values)
        {
            var top = sum >> 25;
            sum = ((sum & 0x1ffffff) << 5) ^ value;
            for (var i = 0; i < Generators.Length; i++)
                sum ^= ((top >> i) & 1) == 1 ? Generators[i] : 0;
        }

        return sum;
    }

    /// <returns>Null when bits are left over that are not padding.</returns>
    private static byte[]? Regroup(ReadOnlySpan<byte> data, int from, int to, bool pads)
    {
        var (bits, held, made) = (0, 0, new List<byte>());
        foreach (var value in data)
        {
            held = ((held << from) | value) & 0xfff;
            bits += from;
            for (; bits >= to; bits -= to)
                made.Add((byte)((held >> (bits - to)) & ((1 << to) - 1)));
        }

        if (pads && bits > 0)
            made.Add((byte)((held << (to - bits)) & ((1 << to) - 1)));
        return pads || (bits < from && (held & ((1 << bits) - 1)) == 0) ? [.. made] : null;
    }
}
