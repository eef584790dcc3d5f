using System.Security.Cryptography;

namespace Ledger.Proof.Sealing;

/// <summary>AES-256-GCM (NIST SP 800-38D) as nonce ‖ ciphertext ‖ tag.</summary>
internal static class Aes256
{
    public const int NonceLength = 12;
    public const int Overhead = NonceLength + TagLength;

    private const int TagLength = 16;

    public static byte[] Seal(
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> plain,
        ReadOnlySpan<byte> about
    )
    {
        var output = new byte[plain.Length + Overhead];
        var bytes = output.AsSpan();
        nonce.CopyTo(bytes);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, bytes[NonceLength..^TagLength], bytes[^TagLength..], about);
        return output;
    }

    /// <summary>What was sealed; null when the key, the bytes or what they are about is another.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> about)
    {
        if (bytes.Length < Overhead)
            return null;
        using var aes = new AesGcm(key, TagLength);
        var plain = new byte[bytes.Length - Overhead];
        try
        {
            aes.Decrypt(bytes[..NonceLength], bytes[NonceLength..^TagLength], bytes[^TagLength..], plain, about);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
