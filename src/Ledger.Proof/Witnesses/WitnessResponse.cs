using Ledger.Proof.Notes;
using Ledger.Proof.Texts;

namespace Ledger.Proof.Witnesses;

/// <summary>What a witness answers with 200: signature lines (C2SP tlog-witness, "add-checkpoint").</summary>
public static class WitnessResponse
{
    /// <summary>
    /// The cosignature of this witness for this checkpoint; null if the answer has none that holds and states a time.
    /// </summary>
    /// <exception cref="MalformedException">The answer is not a sequence of signature lines.</exception>
    public static NoteSignature? Cosignature(string body, SignedCheckpoint checkpoint, VerifierKey witness)
    {
        StrictText.Check(body);
        return body.Split('\n')[..^1]
            .Select(NoteSignature.Parse)
            .FirstOrDefault(line =>
                witness.Made(line)
                && Notes.Cosignature.TryRead(line) is { Time: > 0 }
                && witness.Verify(checkpoint.Note.Text, line)
            );
    }
}
