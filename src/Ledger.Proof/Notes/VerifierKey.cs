using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Ledger.Proof.Texts;
using NSec.Cryptography;

namespace Ledger.Proof.Notes;

/// <summary>
/// Whose signature one believes: a name, a kind of signature and a public key (C2SP signed-note, "Verifier keys").
/// </summary>
public sealed record VerifierKey
{
    private readonly PublicKey _publicKey;

    private VerifierKey(string name, KeyType type, ReadOnlySpan<byte> publicKey)
    {
        if (!KeyName.IsValid(name))
            throw new MalformedException(
                Malformation.KeyName,
                $"\"{name}\" cannot name a key: it is empty or has a space, a plus or a control character."
            );
        if (
            !NSec.Cryptography.PublicKey.TryImport(
                SignatureAlgorithm.Ed25519,
                publicKey,
                KeyBlobFormat.RawPublicKey,
                out var imported
            ) || imported is null
        )
            throw new MalformedException(
                Malformation.PublicKey,
                $"The public key of {name} is not an Ed25519 key of {Ed25519Key.PublicKeyLength} bytes."
            );
        (Name, Type, _publicKey) = (name, type, imported);
        KeyId = BinaryPrimitives.ReadUInt32BigEndian(
            Hash.Of([.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. Material]).ToArray()
        );
    }

    public string Name { get; }

    public KeyType Type { get; }

    /// <summary>
    /// SHA-256(name ‖ 0x0A ‖ type ‖ public key)[:4], big-endian. It finds the key and proves nothing.
    /// </summary>
    public uint KeyId { get; }

    public byte[] PublicKey => _publicKey.Export(KeyBlobFormat.RawPublicKey);

    private byte[] Material => [(byte)Type, .. PublicKey];

    /// <summary>The key with which a log signs: its name is the log's origin (tlog-checkpoint, "Signatures").</summary>
    public static VerifierKey OfLog(string origin, ReadOnlySpan<byte> publicKey) =>
        new(origin, KeyType.Ed25519, publicKey);

    /// <summary>
    /// The key with which a witness cosigns. It must be used for nothing else (tlog-cosignature, "Ed25519 signed
    /// message").
    /// </summary>
    public static VerifierKey OfWitness(string name, ReadOnlySpan<byte> publicKey) =>
        new(name, KeyType.Cosignature, publicKey);

    /// <summary>Reads <c>name+hex(key id)+base64(type ‖ public key)</c>.</summary>
    /// <exception cref="MalformedException">The text is no vkey, its id is not its key's, or its kind is not one of
    /// <see cref="KeyType"/>.</exception>
    public static VerifierKey Parse(string vkey)
    {
        if (vkey.Split('+', 3) is not [var name, var id, var material])
            throw new MalformedException(Malformation.Line, $"\"{vkey}\" is not a verifier key: name+id+key.");
        if (StrictBase64.Decode(material) is not [var type, .. var publicKey])
            throw new MalformedException(Malformation.Base64, $"The key in \"{vkey}\" is not canonical base64.");
        if (!Enum.IsDefined((KeyType)type))
            throw new MalformedException(
                Malformation.KeyType,
                $"The key of {name} has type 0x{type:x2}; known are 0x01 (Ed25519) and 0x04 (cosignature)."
            );
        var key = new VerifierKey(name, (KeyType)type, publicKey);
        if (!string.Equals(id, key.KeyId.ToString("x8", CultureInfo.InvariantCulture), StringComparison.Ordinal))
            throw new MalformedException(Malformation.KeyId, $"The key of {name} has the id {key.KeyId:x8}, not {id}.");
        return key;
    }

    /// <summary>The vkey.</summary>
    public override string ToString() => $"{Name}+{KeyId:x8}+{Convert.ToBase64String(Material)}";

    public bool Equals(VerifierKey? other) =>
        other is not null && string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether a signature line says it is by this key. Both name and id must match.</summary>
    public bool Made(NoteSignature signature) =>
        signature.KeyId == KeyId && string.Equals(signature.Name, Name, StringComparison.Ordinal);

    /// <summary>Whether the signature of a line holds for a text.</summary>
    public bool Verify(string text, NoteSignature signature) =>
        Type switch
        {
            KeyType.Ed25519 => VerifyBytes(Encoding.UTF8.GetBytes(text), signature.Value),
            _ => Cosignature.TryRead(signature) is { } cosignature
                && VerifyBytes(Cosignature.Message(text, cosignature.Time), cosignature.Signature),
        };

    /// <summary>The line for a signature that this key's owner made over the text's UTF-8 bytes.</summary>
    public NoteSignature Line(ReadOnlyMemory<byte> signature) => new(Name, KeyId, signature);

    private bool VerifyBytes(byte[] message, ReadOnlyMemory<byte> signature) =>
        SignatureAlgorithm.Ed25519.Verify(_publicKey, message, signature.Span);
}
