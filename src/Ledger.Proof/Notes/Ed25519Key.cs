using NSec.Cryptography;

namespace Ledger.Proof.Notes;

/// <summary>An Ed25519 private key (RFC 8032). The seed comes from outside: nothing here is random.</summary>
public sealed class Ed25519Key : IDisposable
{
    public const int SeedLength = 32;
    public const int PublicKeyLength = 32;
    public const int SignatureLength = 64;

    private readonly Key _key;

    private Ed25519Key(Key key) => _key = key;

    public byte[] PublicKey => _key.PublicKey.Export(KeyBlobFormat.RawPublicKey);

    /// <param name="seed">The 32 bytes RFC 8032, section 5.1.5, calls the private key.</param>
    public static Ed25519Key FromSeed(ReadOnlySpan<byte> seed) =>
        new(Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey));

    public byte[] Sign(byte[] message) => SignatureAlgorithm.Ed25519.Sign(_key, message);

    public void Dispose() => _key.Dispose();
}
