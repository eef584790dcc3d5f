using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Proof.Json;

namespace Ledger.Store.Sealing;

/// <summary>What opens one digest of an entry: <c>base64url(JSON [salt, name, value])</c>. Kept beside the log, never in it.</summary>
internal sealed record Disclosure(string Name, string Text)
{
    private const int SaltLength = 16;

    /// <summary>What stands for the value in the entry.</summary>
    public string Digest => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Text)));

    public string Value => JsonNode.Parse(Base64Url.DecodeFromChars(Text))![2]!.GetValue<string>();

    /// <summary>With a fresh salt, so that equal values have unequal digests.</summary>
    public static Disclosure Of(string name, string value)
    {
        var salt = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SaltLength));
        return new Disclosure(name, Base64Url.EncodeToString(CanonicalJson.Write(new JsonArray(salt, name, value))));
    }
}
