using System.Globalization;
using Ledger.Local.Machine;
using Ledger.Proof.Json;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;
using Ledger.Proof.Witnesses;

namespace Ledger.Cli.Proofs;

/// <summary>What a witness answers, as HTTP says it.</summary>
internal sealed record WitnessReply(int Status, string Body = "", string MediaType = "text/plain; charset=utf-8");

/// <summary>
/// The rule of C2SP tlog-witness: cosign a checkpoint only if it continues the last one cosigned for its log, and
/// remember it, on disk, before answering. One request at a time: between check and memory nothing may come.
/// </summary>
internal sealed class Witness(
    WitnessKey key,
    string stateDirectory,
    IReadOnlyCollection<VerifierKey> logs,
    TimeProvider clock
)
{
    public const string SizeMediaType = "text/x.tlog.size";

    private readonly Lock _turn = new();

    public WitnessReply Add(ReadOnlySpan<byte> body)
    {
        AddCheckpoint request;
        try
        {
            request = AddCheckpoint.Parse(body);
        }
        catch (Exception wrong) when (wrong is MalformedException or CanonicalJsonException)
        {
            return new WitnessReply(400, $"{wrong.Message}\n");
        }

        lock (_turn)
        {
            var origin = request.Checkpoint.Checkpoint.Origin;
            var last = Last(origin);
            switch (request.Judge(logs, last?.Checkpoint))
            {
                case WitnessAnswer.Cosign:
                    var cosignature = key.Cosign(request.Checkpoint.Checkpoint, clock.GetUtcNow().ToUnixTimeSeconds());
                    Files.Replace(FileOf(origin), request.Checkpoint.ToString());
                    return new WitnessReply(200, $"{cosignature}\n");
                case WitnessAnswer.OtherOldSize:
                    return new WitnessReply(
                        409,
                        string.Create(CultureInfo.InvariantCulture, $"{last?.Checkpoint.Size ?? 0}\n"),
                        SizeMediaType
                    );
                case WitnessAnswer.Inconsistent:
                    // Two statements of one log that contradict each other: proof that it lies, for whoever asks.
                    Files.Replace(
                        $"{FileOf(origin)}.contradicted-by-{request.Checkpoint.Checkpoint.Size}",
                        request.ToString()
                    );
                    return new WitnessReply(422, "This does not extend what was cosigned before.\n");
                case var refused:
                    return new WitnessReply((int)refused, $"{refused}\n");
            }
        }
    }

    public SignedCheckpoint? Last(string origin) =>
        File.Exists(FileOf(origin)) ? SignedCheckpoint.Parse(File.ReadAllBytes(FileOf(origin))) : null;

    private string FileOf(string origin) => Path.Combine(stateDirectory, $"{Uri.EscapeDataString(origin)}.log");
}
