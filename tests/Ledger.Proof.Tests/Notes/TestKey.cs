using System.Security.Cryptography;
using System.Text;
using Ledger.Proof.Notes;

namespace Ledger.Proof.Tests.Notes;

/// <summary>Keys from seeds anybody can make again: SHA-256 of the holder's name.</summary>
internal sealed class TestKey
{
    private readonly Ed25519Key _key;

    private TestKey(string name, KeyType type)
    {
        Seed = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        _key = Ed25519Key.FromSeed(Seed);
        Verifier =
            type == KeyType.Ed25519
                ? VerifierKey.OfLog(name, _key.PublicKey)
                : VerifierKey.OfWitness(name, _key.PublicKey);
    }

    public static TestKey Log { get; } = OfLog("ledger.example/idlib-2018");

    public static TestKey[] Witnesses { get; } =
    [
        OfWitness("witness.example/turkiye"),
        OfWitness("witness.example/russia"),
        OfWitness("witness.example/iran"),
        OfWitness("witness.example/party"),
    ];

    public byte[] Seed { get; }

    public VerifierKey Verifier { get; }

    public static TestKey OfLog(string name) => new(name, KeyType.Ed25519);

    public static TestKey OfWitness(string name) => new(name, KeyType.Cosignature);

    public byte[] Sign(byte[] message) => _key.Sign(message);

    public SignedNote Note(string text) => new(text, [Verifier.Line(Sign(Encoding.UTF8.GetBytes(text)))]);
}
