using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Ledger.Proof.Json;
using Ledger.Proof.Texts;

namespace Ledger.Proof.Disclosures;

/// <summary>
/// A value that an entry keeps only as a digest (RFC 9901, section 4.2): whoever is shown the disclosure can see that
/// it is what was recorded; whoever is not learns nothing, and once it is destroyed nobody does.
/// </summary>
public sealed record Disclosure
{
    /// <summary>
    /// 128 random bits, fresh for every value and entry: without them a short value could be guessed from its digest.
    /// </summary>
    public const int SaltLength = 16;

    /// <summary>RFC 9901, section 4.2.1: these names have a meaning in the object that holds the digests.</summary>
    private static readonly string[] ReservedNames = ["_sd", "..."];

    private Disclosure(string name, JsonElement value, string encoded) =>
        (Name, Value, Encoded) = (name, value, encoded);

    public string Name { get; }

    public JsonElement Value { get; }

    /// <summary>
    /// base64url of the canonical JSON array [salt, name, value]; this is what is stored outside the log and shown.
    /// </summary>
    public string Encoded { get; }

    /// <summary>base64url(SHA-256(<see cref="Encoded"/>)), which the entry holds (RFC 9901, section 4.2.3).</summary>
    public string Digest => DigestOf(Encoded);

    /// <param name="salt">Exactly <see cref="SaltLength"/> bytes, random and never used before.</param>
    /// <param name="name">What the value is, such as <c>narrative</c>.</param>
    /// <param name="value">Anything that has a canonical form.</param>
    /// <exception cref="CanonicalJsonException">Name or value has none; in the pointer, name is <c>/1</c> and value
    /// <c>/2</c>.</exception>
    public static Disclosure Seal(ReadOnlySpan<byte> salt, string name, JsonElement value)
    {
        if (salt.Length != SaltLength)
            throw new ArgumentException($"A salt has {SaltLength} bytes, not {salt.Length}.", nameof(salt));
        if (ReservedNames.Contains(name, StringComparer.Ordinal))
            throw new MalformedException(Malformation.Disclosure, $"The name {name} is reserved.");
        var output = new ArrayBufferWriter<byte>();
        var json = new CanonicalJsonWriter(output);
        json.WriteAscii($"[\"{Base64Url.EncodeToString(salt)}\",");
        json.Under("1", () => json.WriteString(name));
        json.WriteAscii(",");
        json.Under("2", () => json.Write(value));
        json.WriteAscii("]");
        return new(name, value, Base64Url.EncodeToString(output.WrittenSpan));
    }

    /// <exception cref="MalformedException">The text is no disclosure.</exception>
    /// <exception cref="CanonicalJsonException">What it encodes is not canonical JSON.</exception>
    public static Disclosure Parse(string encoded)
    {
        var json = CanonicalJson.Parse(
            StrictBase64.DecodeUrl(encoded)
                ?? throw new MalformedException(Malformation.Base64, "A disclosure is base64url without padding.")
        );
        return
            json.ValueKind == JsonValueKind.Array
            && json.GetArrayLength() == 3
            && json[0].ValueKind == JsonValueKind.String
            && StrictBase64.DecodeUrl(json[0].GetString()!)?.Length == SaltLength
            && json[1].ValueKind == JsonValueKind.String
            && !ReservedNames.Contains(json[1].GetString()!, StringComparer.Ordinal)
            ? new(json[1].GetString()!, json[2], encoded)
            : throw new MalformedException(
                Malformation.Disclosure,
                "A disclosure is a salt of 16 bytes, a name and a value."
            );
    }

    public static string DigestOf(string encoded) =>
        Base64Url.EncodeToString(Hash.Of(Encoding.UTF8.GetBytes(encoded)).ToArray());
}
