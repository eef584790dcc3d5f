using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Ledger.Cli.Backups;

/// <summary>A part of the header of an age file: the file's key, wrapped for one who may open it.</summary>
public sealed record AgeStanza(string Type, IReadOnlyList<string> Arguments, byte[] Body);

/// <summary>Whom a file is encrypted to.</summary>
public interface IAgeRecipient
{
    AgeStanza Wrap(byte[] fileKey);
}

/// <summary>Who opens a file.</summary>
public interface IAgeIdentity
{
    /// <returns>The file's key; null when the stanza is for somebody else.</returns>
    byte[]? Unwrap(AgeStanza stanza);
}

/// <summary>A public key of age, <c>age1…</c>.</summary>
public sealed class AgeRecipient : IAgeRecipient
{
    public const string Type = "X25519";
    private const string Prefix = "age";

    private static readonly byte[] Info = Encoding.ASCII.GetBytes("age-encryption.org/v1/X25519");

    private readonly byte[] _key;

    public AgeRecipient(byte[] key) => _key = key;

    public static AgeRecipient? Parse(string text) =>
        Bech32.Read(Prefix, text) is { Length: 32 } key ? new AgeRecipient(key) : null;

    public AgeStanza Wrap(byte[] fileKey)
    {
        using var once = Key.Create(KeyAgreementAlgorithm.X25519);
        var share = once.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        var wrapping =
            Agree(once, _key, [.. share, .. _key])
            ?? throw BackupFault.Refuse("backup/recipient", $"{this} is not a key that anybody could have.");
        return new AgeStanza(Type, [AgeFile.Base64(share)], AgeFile.Seal(wrapping, fileKey));
    }

    public override string ToString() => Bech32.Write(Prefix, _key);

    /// <returns>The key that wraps the file's key; null for a public key that leads nowhere.</returns>
    public static byte[]? Agree(Key mine, byte[] theirs, byte[] salt)
    {
        if (!PublicKey.TryImport(KeyAgreementAlgorithm.X25519, theirs, KeyBlobFormat.RawPublicKey, out var other))
            return null;
        using var shared = KeyAgreementAlgorithm.X25519.Agree(mine, other!);
        return shared is null ? null : KeyDerivationAlgorithm.HkdfSha256.DeriveBytes(shared, salt, Info, 32);
    }
}

/// <summary>A secret key of age, <c>AGE-SECRET-KEY-1…</c>.</summary>
public sealed class AgeIdentity : IAgeIdentity
{
    private const string Prefix = "age-secret-key-";

    private readonly byte[] _secret;
    private readonly byte[] _public;

    public AgeIdentity(byte[] secret)
    {
        _secret = secret;
        using var key = Import();
        _public = key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
    }

    public AgeRecipient Recipient => new(_public);

    public static AgeIdentity New() => new(RandomNumberGenerator.GetBytes(32));

    /// <param name="text">A file as age-keygen writes it: a key in a line, comments begin with #.</param>
    public static AgeIdentity? Parse(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => Bech32.Read(Prefix, line) is { Length: 32 } secret ? new AgeIdentity(secret) : null)
            .FirstOrDefault();

    /// <summary>A name that nobody can find who does not have the key, the same each time.</summary>
    public string NameOf(string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(text)));

    public byte[]? Unwrap(AgeStanza stanza)
    {
        if (stanza is not { Type: AgeRecipient.Type, Arguments: [var text] } || AgeFile.Bytes(text) is not { } share)
            return null;
        using var key = Import();
        return AgeRecipient.Agree(key, share, [.. share, .. _public]) is { } wrapping
            ? AgeFile.Open(wrapping, stanza.Body)
            : null;
    }

    public override string ToString() => Bech32.Write(Prefix, _secret).ToUpperInvariant();

    private Key Import() => Key.Import(KeyAgreementAlgorithm.X25519, _secret, KeyBlobFormat.RawPrivateKey);
}

/// <summary>A passphrase, made slow to guess by scrypt.</summary>
public sealed class AgePassphrase(string passphrase) : IAgeRecipient, IAgeIdentity
{
    private const string Type = "scrypt";
    private const string Label = "age-encryption.org/v1/scrypt";

    /// <summary>As age itself takes it: 256 MB of memory, about a second.</summary>
    private const int WorkFactor = 18;

    /// <summary>Whoever wrote the file says how much work it takes; more than this would be an attack.</summary>
    private const int MostWork = 22;

    public AgeStanza Wrap(byte[] fileKey)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new AgeStanza(
            Type,
            [AgeFile.Base64(salt), WorkFactor.ToString(CultureInfo.InvariantCulture)],
            AgeFile.Seal(Derive(salt, WorkFactor), fileKey)
        );
    }

    public byte[]? Unwrap(AgeStanza stanza) =>
        stanza is { Type: Type, Arguments: [var salt, var factor] }
        && AgeFile.Bytes(salt) is { Length: 16 } bytes
        && int.TryParse(factor, NumberStyles.None, CultureInfo.InvariantCulture, out var work)
        && work is > 0 and <= MostWork
            ? AgeFile.Open(Derive(bytes, work), stanza.Body)
            : null;

    private byte[] Derive(byte[] salt, int workFactor)
    {
        var (secret, key) = (Encoding.UTF8.GetBytes(passphrase), new byte[32]);
        byte[] salted = [.. Encoding.ASCII.GetBytes(Label), .. salt];
        return
            Scrypt(
                secret,
                (nuint)secret.Length,
                salted,
                (nuint)salted.Length,
                1UL << workFactor,
                8,
                1,
                key,
                (nuint)key.Length
            ) == 0
            ? key
            : throw BackupFault.Refuse("backup/no-memory", "There is not enough memory for the passphrase: 256 MB.");
    }

    // NSec has scrypt only with a salt of 32 bytes; the library beneath it takes any.
    [DllImport("libsodium", EntryPoint = "crypto_pwhash_scryptsalsa208sha256_ll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int Scrypt(
        byte[] passphrase,
        nuint passphraseLength,
        byte[] salt,
        nuint saltLength,
        ulong n,
        uint r,
        uint p,
        byte[] key,
        nuint keyLength
    );
}
