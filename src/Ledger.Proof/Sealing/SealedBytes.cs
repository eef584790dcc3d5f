using System.Text;
using Ledger.Proof.Disclosures;
using Ledger.Proof.Json;
using Ledger.Proof.Texts;

namespace Ledger.Proof.Sealing;

/// <summary>
/// A disclosure under a person's key. The bytes are bound to the agreement and to the digest in the entry: put beside
/// another entry, they do not open.
/// </summary>
public static class SealedBytes
{
    /// <summary>96 bits, random for every sealing.</summary>
    public const int NonceLength = Aes256.NonceLength;

    /// <param name="key">The person's, <see cref="PersonKey.Length"/> bytes.</param>
    /// <param name="nonce">Never used before with this key.</param>
    /// <param name="agreement">Slug of the agreement whose entry holds the digest.</param>
    /// <param name="disclosure">What opens that digest.</param>
    public static byte[] Seal(
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> nonce,
        string agreement,
        Disclosure disclosure
    ) => Aes256.Seal(key, nonce, Encoding.ASCII.GetBytes(disclosure.Encoded), About(agreement, disclosure.Digest));

    /// <summary>
    /// The disclosure; null when these are not the bytes that were sealed for this digest under this key.
    /// </summary>
    public static Disclosure? Open(ReadOnlySpan<byte> key, string agreement, string digest, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Aes256.Open(key, bytes, About(agreement, digest)) is { } plain
                ? Disclosure.Parse(Encoding.ASCII.GetString(plain))
                : null;
        }
        catch (Exception wrong) when (wrong is MalformedException or CanonicalJsonException)
        {
            return null;
        }
    }

    private static byte[] About(string agreement, string digest) =>
        Encoding.UTF8.GetBytes($"ledger/disclosure/v1\n{agreement}\n{digest}");
}
