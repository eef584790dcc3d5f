using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Ledger.Proof.Texts;

namespace Ledger.Proof;

/// <summary>A SHA-256 value. Hashes of a public log are no secrets: comparing them takes no special care.</summary>
public readonly record struct Hash
{
    public const int Length = 32;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    /// <param name="bytes">Exactly <see cref="Length"/> bytes.</param>
    public Hash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException($"A hash has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        _high = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _low = BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]);
    }

    public static Hash Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(content, hash);
        return new(hash);
    }

    /// <summary>Reads the padded base64 that signed formats use for hashes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? base64, out Hash hash)
    {
        var bytes = base64 is null ? null : StrictBase64.Decode(base64);
        hash = bytes?.Length == Length ? new(bytes) : default;
        return bytes?.Length == Length;
    }

    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], _low);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    public string ToBase64()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>64 lower-case hexadecimal digits, as sha256sum prints them.</summary>
    public override string ToString() => $"{_high:x32}{_low:x32}";
}
