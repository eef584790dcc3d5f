using System.Security.Cryptography;
using System.Text;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;

namespace Ledger.Cli.Proofs;

/// <summary>A witness's own key, in a file that only it reads; it signs cosignatures and nothing else.</summary>
internal sealed class WitnessKey : IDisposable
{
    private readonly Ed25519Key _key;

    private WitnessKey(string name, Ed25519Key key) =>
        (Verifier, _key) = (VerifierKey.OfWitness(name, key.PublicKey), key);

    public VerifierKey Verifier { get; }

    public static WitnessKey Open(string file, string name) => new(name, SigningKeyFile.OpenOrMake(file));

    public NoteSignature Cosign(Checkpoint checkpoint, long time) => checkpoint.Cosign(Verifier, time, _key.Sign);

    public void Dispose() => _key.Dispose();
}
