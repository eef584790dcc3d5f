using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Ledger.Proof.Texts;
using NSec.Cryptography;

namespace Ledger.Proof.Disclosures;

/// <summary>
/// The signature of a device on what was filed with it, as WebCrypto makes it. It is a statement of the device's holder
/// to the ledger, and no part of the log's own proofs.
/// </summary>
public static class DeviceSignature
{
    /// <summary>
    /// ECDSA with P-256 and SHA-256 (RFC 7518, section 3.4). The key is the uncompressed point, 65 bytes; the signature
    /// r ‖ s, 64 bytes.
    /// </summary>
    public const string P256 = "ES256";

    /// <summary>RFC 8032. The key has 32 bytes, the signature 64.</summary>
    public const string Ed25519 = "Ed25519";

    private const int PointLength = 65;
    private const byte Uncompressed = 0x04;

    public static ImmutableArray<string> Algorithms { get; } = [P256, Ed25519];

    /// <summary>The bytes that are signed: three lines and the content, without a newline after it.</summary>
    /// <param name="agreement">The agreement's slug: a signature for one ledger is worth nothing in another.</param>
    /// <param name="type">Wire name of the event, such as <c>report_filed</c>.</param>
    /// <param name="content">Canonical JSON of the event's payload, with digests in place of sealed values.</param>
    public static byte[] Message(string agreement, string type, string content) =>
        Encoding.UTF8.GetBytes($"ledger/signed-report/v1\n{agreement}\n{type}\n{content}");

    /// <summary>Whether the signature holds. A key or a signature that cannot be read does not hold.</summary>
    /// <param name="alg">One of <see cref="Algorithms"/>.</param>
    /// <param name="key">base64url without padding.</param>
    /// <param name="value">base64url without padding.</param>
    /// <param name="message">As <see cref="Message"/> gives it.</param>
    public static bool Verify(string alg, string key, string value, byte[] message)
    {
        if (StrictBase64.DecodeUrl(key) is not { } publicKey || StrictBase64.DecodeUrl(value) is not { } signature)
            return false;
        return alg switch
        {
            P256 => publicKey is [Uncompressed, ..]
                && publicKey.Length == PointLength
                && VerifyP256(publicKey, message, signature),
            Ed25519 => NSec.Cryptography.PublicKey.TryImport(
                SignatureAlgorithm.Ed25519,
                publicKey,
                KeyBlobFormat.RawPublicKey,
                out var imported
            )
                && imported is not null
                && SignatureAlgorithm.Ed25519.Verify(imported, message, signature),
            _ => false,
        };
    }

    private static bool VerifyP256(byte[] point, byte[] message, byte[] signature)
    {
        try
        {
            using var key = ECDsa.Create(
                new ECParameters
                {
                    Curve = ECCurve.NamedCurves.nistP256,
                    Q = new ECPoint { X = point[1..33], Y = point[33..] },
                }
            );
            return key.VerifyData(
                message,
                signature,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            );
        }
        catch (CryptographicException)
        {
            // The point is not on the curve.
            return false;
        }
    }
}
