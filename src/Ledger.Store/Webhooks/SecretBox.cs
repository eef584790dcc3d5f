using System.Security.Cryptography;
using Ledger.Store.Keys;

namespace Ledger.Store.Webhooks;

/// <summary>
/// Encrypts what the database keeps and must not give away, with a key in a file beside the signing key (AES-256-GCM).
/// </summary>
public sealed class SecretBox(LedgerStoreOptions options)
{
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly Lazy<byte[]> _key = new(() => Open(options));

    /// <param name="owner">Whose secret it is; a sealed text moved to another row does not open.</param>
    public byte[] Seal(Guid owner, ReadOnlySpan<byte> secret)
    {
        var box = new byte[NonceLength + TagLength + secret.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(_key.Value, TagLength);
        cipher.Encrypt(
            box.AsSpan(0, NonceLength),
            secret,
            box.AsSpan(NonceLength + TagLength),
            box.AsSpan(NonceLength, TagLength),
            owner.ToByteArray()
        );
        return box;
    }

    /// <exception cref="CryptographicException">The key is another one, or the box was changed.</exception>
    public byte[] Open(Guid owner, ReadOnlySpan<byte> box)
    {
        var secret = new byte[box.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(_key.Value, TagLength);
        cipher.Decrypt(
            box[..NonceLength],
            box[(NonceLength + TagLength)..],
            box.Slice(NonceLength, TagLength),
            secret,
            owner.ToByteArray()
        );
        return secret;
    }

    private static byte[] Open(LedgerStoreOptions options)
    {
        var folder = Path.GetDirectoryName(
            Path.GetFullPath(
                options.KeyFile ?? throw new InvalidOperationException("Without a place for keys there are no secrets.")
            )
        )!;
        var file = Path.Combine(folder, "webhooks.key");
        if (!File.Exists(file))
            KeyFile.Make(file, RandomNumberGenerator.GetBytes(KeyLength));
        return Convert.FromBase64String(File.ReadAllText(file)) is { Length: KeyLength } key
            ? key
            : throw new InvalidDataException($"{file} does not contain {KeyLength} bytes in base64.");
    }
}
