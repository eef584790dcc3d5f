using Ledger.Proof.Notes;
using Ledger.Proof.Texts;
using Ledger.Proof.Trees;

namespace Ledger.Proof.Witnesses;

/// <summary>
/// The body a log sends to a witness: the size the witness is thought to know, the consistency proof from there, and
/// the new checkpoint (C2SP tlog-witness, "add-checkpoint"). It is also how we export consistency proofs.
/// </summary>
/// <param name="OldSize">Zero if the witness knows nothing; then there are no hashes.</param>
/// <param name="Hashes">As <see cref="TileTree.Consistency"/> gives them.</param>
/// <param name="Checkpoint">With the log's signature.</param>
public sealed record AddCheckpoint(long OldSize, IReadOnlyList<Hash> Hashes, SignedCheckpoint Checkpoint)
{
    /// <exception cref="MalformedException">The text has another form, which a witness answers with 400.</exception>
    public static AddCheckpoint Parse(string body)
    {
        var (lines, checkpoint) = StrictText.SplitAtBlankLine(body);
        var size =
            StrictText.After("old", lines[0])
            ?? throw new MalformedException(
                Malformation.Line,
                $"The first line is \"{lines[0]}\" and not the old size."
            );
        return new(
            Decimals.Parse(size, "old size"),
            ProofLines.Parse(lines.AsSpan(1)),
            SignedCheckpoint.Parse(checkpoint)
        );
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static AddCheckpoint Parse(ReadOnlySpan<byte> utf8) => Parse(StrictText.Decode(utf8));

    /// <summary>What a witness has to answer, the checks in the order of the standard.</summary>
    /// <param name="logs">The keys the witness trusts; a log is known if one of them has its origin for a name.</param>
    /// <param name="last">The latest checkpoint this witness cosigned for the origin; null if none.</param>
    public WitnessAnswer Judge(IReadOnlyCollection<VerifierKey> logs, Checkpoint? last)
    {
        var offered = Checkpoint.Checkpoint;
        var keys = logs.Where(key => string.Equals(key.Name, offered.Origin, StringComparison.Ordinal)).ToList();
        if (keys.Count == 0)
            return WitnessAnswer.UnknownOrigin;
        if (Checkpoint.Note.Verify(keys).Fault != NoteFault.None)
            return WitnessAnswer.NotSignedByLog;
        if (OldSize > offered.Size)
            return WitnessAnswer.OldSizeAboveNew;
        if (OldSize != (last?.Size ?? 0))
            return WitnessAnswer.OtherOldSize;
        if (offered.Size == 0 && offered.Root != MerkleHash.EmptyRoot)
            return WitnessAnswer.Inconsistent;

        // The empty tree is consistent with every tree, so no proof is needed and none is allowed.
        var consistent =
            OldSize == 0
                ? Hashes.Count == 0
                : ConsistencyProof.Verify(OldSize, offered.Size, Hashes, last!.Root, offered.Root) == ProofFault.None;
        return consistent ? WitnessAnswer.Cosign : WitnessAnswer.Inconsistent;
    }

    /// <summary>The body of the request.</summary>
    public override string ToString() => $"old {OldSize}\n{ProofLines.Write(Hashes)}\n{Checkpoint}";
}

/// <summary>The answers of tlog-witness, "add-checkpoint"; the numbers are HTTP status codes.</summary>
public enum WitnessAnswer
{
    /// <summary>Persist the checkpoint, then answer with a cosignature.</summary>
    Cosign = 200,

    /// <summary>The old size is above the new one.</summary>
    OldSizeAboveNew = 400,

    /// <summary>No trusted key has signed, or a trusted key's signature does not hold.</summary>
    NotSignedByLog = 403,

    /// <summary>No key for this origin.</summary>
    UnknownOrigin = 404,

    /// <summary>
    /// The old size is not that of the latest checkpoint cosigned. Answer with that size, a newline, and type
    /// text/x.tlog.size.
    /// </summary>
    OtherOldSize = 409,

    /// <summary>
    /// The new checkpoint contradicts the old one, or is not shown to follow from it. The request may be evidence: keep
    /// it.
    /// </summary>
    Inconsistent = 422,
}
