using System.Text;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;
using Ledger.Proof.Trees;

namespace Ledger.Proof.Witnesses;

/// <summary>A receipt: one entry's place in a signed tree, to be checked offline (C2SP tlog-proof, "Format").</summary>
/// <param name="Index">Of the entry, from zero: its position less one.</param>
/// <param name="Hashes">Inclusion proof, from the leaf's sibling up to the root's child.</param>
/// <param name="Checkpoint">Verbatim, with whatever cosignatures it had.</param>
/// <param name="Extra">Opaque and not authenticated; we write none. Null if the line is absent.</param>
public sealed record TlogProof(
    long Index,
    IReadOnlyList<Hash> Hashes,
    SignedCheckpoint Checkpoint,
    ReadOnlyMemory<byte>? Extra = null
)
{
    private const string Header = "c2sp.org/tlog-proof@v1";

    /// <exception cref="MalformedException">The text has another form. Whether it proves anything is
    /// <see cref="Verify"/>'s matter.</exception>
    public static TlogProof Parse(string text)
    {
        var (lines, checkpoint) = StrictText.SplitAtBlankLine(text);
        if (!string.Equals(lines[0], Header, StringComparison.Ordinal))
            throw new MalformedException(
                Malformation.Header,
                $"The first line is \"{lines[0]}\" and not \"{Header}\"."
            );
        var next = 1;
        byte[]? extra = null;
        if (next < lines.Length && StrictText.After("extra", lines[next]) is { } base64)
        {
            extra =
                StrictBase64.Decode(base64)
                ?? throw new MalformedException(Malformation.Base64, "The extra data is not canonical base64.");
            next++;
        }

        if (next == lines.Length || StrictText.After("index", lines[next]) is not { } index)
            throw new MalformedException(Malformation.Line, $"Line {next + 1} does not say the index.");
        return new(
            Decimals.Parse(index, "index"),
            ProofLines.Parse(lines.AsSpan(next + 1)),
            SignedCheckpoint.Parse(checkpoint),
            extra is null ? null : (ReadOnlyMemory<byte>?)extra
        );
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static TlogProof Parse(ReadOnlySpan<byte> utf8) => Parse(StrictText.Decode(utf8));

    /// <summary>tlog-proof, "Verifying a tlog proof", steps 2 to 4.</summary>
    /// <param name="leaf">Step 1: <see cref="MerkleHash.Leaf"/> of the entry that the reader has before him.</param>
    /// <param name="policy">Which logs and which witnesses one believes.</param>
    public ReceiptVerdict Verify(Hash leaf, TlogPolicy policy) =>
        new(
            policy.Verify(Checkpoint),
            InclusionProof.Verify(leaf, Index, Checkpoint.Checkpoint.Size, Hashes, Checkpoint.Checkpoint.Root)
        );

    /// <summary>The text of a <c>.tlog-proof</c> file.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Header).Append('\n');
        if (Extra is { } extra)
            text.Append("extra ").Append(Convert.ToBase64String(extra.Span)).Append('\n');
        return text.Append("index ")
            .Append(Index)
            .Append('\n')
            .Append(ProofLines.Write(Hashes))
            .Append('\n')
            .Append(Checkpoint)
            .ToString();
    }
}

/// <param name="Checkpoint">Whether the checkpoint may be believed.</param>
/// <param name="Inclusion">Whether the entry is in it, which means nothing unless the checkpoint holds too.</param>
public sealed record ReceiptVerdict(PolicyVerdict Checkpoint, ProofFault Inclusion)
{
    public bool Holds => Checkpoint.Holds && Inclusion == ProofFault.None;
}
