using System.Security.Cryptography;
using System.Text;
using Ledger.Cli.Local.Machine;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;

namespace Ledger.Cli.Proofs.Witnessing;

/// <summary>A witness's own key, in a file that only it reads; it signs cosignatures and nothing else.</summary>
internal sealed class WitnessKey : IDisposable
{
    private readonly Ed25519Key _key;

    private WitnessKey(string name, Ed25519Key key) => (Verifier, _key) = (VerifierKey.OfWitness(name, key.PublicKey), key);

    public VerifierKey Verifier { get; }

    public static WitnessKey Open(string file, string name)
    {
        if (!File.Exists(file))
            Files.Replace(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(Ed25519Key.SeedLength)) + "\n", Files.OwnerOnly);
        if ((File.GetUnixFileMode(file) & ~Files.OwnerOnly) != UnixFileMode.None)
            throw CommandException.Refused($"{file} can be read by others: chmod 600 {file}");
        return StrictBase64.Decode(File.ReadAllText(file).TrimEnd('\n')) is { Length: Ed25519Key.SeedLength } seed
            ? new WitnessKey(name, Ed25519Key.FromSeed(seed))
            : throw CommandException.Refused($"{file} does not hold the {Ed25519Key.SeedLength} bytes of a key in base64.");
    }

    public NoteSignature Cosign(Checkpoint checkpoint, long time) => checkpoint.Cosign(Verifier, time, _key.Sign);

    public void Dispose() => _key.Dispose();
}
