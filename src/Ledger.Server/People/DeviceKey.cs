using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Store.People;

namespace Ledger.Server.People;

/// <summary>
/// Reads the public key of a device (RFC 7517, RFC 8037): P-256 or Ed25519, as WebCrypto exports them.
/// </summary>
internal static class DeviceKey
{
    public static NewDevice? Read(InputNode input)
    {
        input.Only("name", "publicKey");
        var (name, key) = (input["name"].Words("a name for this device", 200), input["publicKey"]);
        if (name is null || !key.Required("the device's public key as a JSON Web Key"))
            return null;
        if (key["d"].IsPresent)
        {
            key["d"]
                .Wrong(
                    "device/private-key",
                    "This is the private key. It must never leave the device: send the public key."
                );
            return null;
        }

        var kept = (key["kty"].Text(10), key["crv"].Text(10)) switch
        {
            ("EC", "P-256") when Coordinate(key["x"]) is { } x && Coordinate(key["y"]) is { } y => new JsonObject
            {
                ["crv"] = "P-256",
                ["kty"] = "EC",
                ["x"] = x,
                ["y"] = y,
            },
            ("OKP", "Ed25519") when Coordinate(key["x"]) is { } x => new JsonObject
            {
                ["crv"] = "Ed25519",
                ["kty"] = "OKP",
                ["x"] = x,
            },
            _ => null,
        };
        if (kept is null)
            key.Wrong(
                "device/unknown-key",
                "The key must be a JSON Web Key of P-256 ('kty': 'EC', 'crv': 'P-256', 'x', 'y') or Ed25519 ('kty': 'OKP', 'crv': 'Ed25519', 'x')."
            );
        return kept is null ? null : new NewDevice(name, kept.ToJsonString());
    }

    /// <summary>
    /// The first characters of the SHA-256 of the key as WebCrypto exports it raw: few enough to be read out, and what
    /// the device shows of itself.
    /// </summary>
    public static string FingerprintOf(string key)
    {
        const int Shown = 16;
        const byte Uncompressed = 0x04;
        var known = JsonNode.Parse(key)!;
        byte[] Bytes(string name) => Base64Url.DecodeFromChars(known[name]!.GetValue<string>());
        byte[] raw = known["y"] is null ? Bytes("x") : [Uncompressed, .. Bytes("x"), .. Bytes("y")];
        return Base64Url.EncodeToString(SHA256.HashData(raw))[..Shown];
    }

    /// <summary>32 bytes in base64url.</summary>
    private static string? Coordinate(InputNode input)
    {
        const int Length = 43;
        Span<byte> bytes = stackalloc byte[48];
        return
            input.Text(Length) is { Length: Length } text
            && Base64Url.IsValid(text)
            && Base64Url.DecodeFromChars(text, bytes) == 32
            ? text
            : null;
    }
}
