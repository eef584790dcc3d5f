using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Ledger.Server.Tests.People;

/// <summary>
/// An authenticator with one discoverable credential, written from the text of WebAuthn (level 3). Each of its words
/// can be made wrong.
/// </summary>
internal sealed class Authenticator : IDisposable
{
    private const byte Present = 0x01;
    private const byte Verified = 0x04;
    private const byte Attested = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private string _user = "";

    public byte[] Credential { get; init; } = RandomNumberGenerator.GetBytes(16);

    public uint Counter { get; set; }

    public string Site { get; set; } = "localhost";

    public string? Origin { get; set; }

    public bool Verifies { get; set; } = true;

    public bool CrossOrigin { get; set; }

    /// <summary>navigator.credentials.create</summary>
    public JsonObject Make(JsonNode options, string origin)
    {
        _user = options["user"]!["id"]!.GetValue<string>();
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        // A COSE key: kty EC2, alg ES256, crv P-256, x, y.
        byte[] cose =
        [
            0xA5,
            0x01,
            0x02,
            0x03,
            0x26,
            0x20,
            0x01,
            0x21,
            0x58,
            0x20,
            .. point.X!,
            0x22,
            0x58,
            0x20,
            .. point.Y!,
        ];
        byte[] data = [.. Data(Attested), .. new byte[16], 0, (byte)Credential.Length, .. Credential, .. cose];
        // {"fmt": "none", "attStmt": {}, "authData": data}
        byte[] attestation =
        [
            0xA3,
            0x63,
            .. "fmt"u8,
            0x64,
            .. "none"u8,
            0x67,
            .. "attStmt"u8,
            0xA0,
            0x68,
            .. "authData"u8,
            0x58,
            (byte)data.Length,
            .. data,
        ];
        return Answer(
            new JsonObject
            {
                ["clientDataJSON"] = Base64Url.EncodeToString(Client("webauthn.create", options, origin)),
                ["attestationObject"] = Base64Url.EncodeToString(attestation),
                ["transports"] = new JsonArray("internal"),
            }
        );
    }

    /// <summary>navigator.credentials.get</summary>
    public JsonObject Get(JsonNode options, string origin, string? user = null)
    {
        var (client, data) = (Client("webauthn.get", options, origin), Data(0));
        return Answer(
            new JsonObject
            {
                ["clientDataJSON"] = Base64Url.EncodeToString(client),
                ["authenticatorData"] = Base64Url.EncodeToString(data),
                ["signature"] = Base64Url.EncodeToString(
                    _key.SignData(
                        [.. data, .. SHA256.HashData(client)],
                        HashAlgorithmName.SHA256,
                        DSASignatureFormat.Rfc3279DerSequence
                    )
                ),
                ["userHandle"] = user is null ? _user : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(user)),
            }
        );
    }

    public void Dispose() => _key.Dispose();

    private JsonObject Answer(JsonObject response) =>
        new()
        {
            ["id"] = Base64Url.EncodeToString(Credential),
            ["rawId"] = Base64Url.EncodeToString(Credential),
            ["type"] = "public-key",
            ["response"] = response,
            ["clientExtensionResults"] = new JsonObject(),
        };

    private byte[] Data(byte flags)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Counter);
        return
        [
            .. SHA256.HashData(Encoding.UTF8.GetBytes(Site)),
            (byte)(flags | Present | (Verifies ? Verified : 0)),
            .. count,
        ];
    }

    private byte[] Client(string type, JsonNode options, string origin) =>
        Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["type"] = type,
                ["challenge"] = options["challenge"]!.GetValue<string>(),
                ["origin"] = Origin ?? origin,
                ["crossOrigin"] = CrossOrigin,
            }.ToJsonString()
        );
}
