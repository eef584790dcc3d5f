using System.Collections.Immutable;
using System.Text;
using Ledger.Proof.Texts;

namespace Ledger.Proof.Notes;

/// <summary>
/// What a log states of itself (C2SP tlog-checkpoint, "Note text"). We neither write nor accept extension lines.
/// </summary>
/// <param name="Origin">Which log: one line, not empty. Equal to the name of the key that signs it.</param>
/// <param name="Size">Number of leaves.</param>
/// <param name="Root">RFC 6962 root of the tree over them.</param>
public sealed record Checkpoint(string Origin, long Size, Hash Root)
{
    /// <summary>The text that is signed: origin, size and root, each on a line.</summary>
    public string Text => $"{Origin}\n{Size}\n{Root.ToBase64()}\n";

    /// <exception cref="MalformedException">The text has another form.</exception>
    public static Checkpoint Parse(string text)
    {
        if (
            text.Split('\n') is not [var origin, var size, var root, .. var rest]
            || origin.Length == 0
            || rest is not [.., ""]
        )
            throw new MalformedException(Malformation.Line, "A checkpoint is three lines: origin, size, root.");
        if (rest.Length > 1)
            throw new MalformedException(
                Malformation.ExtensionLine,
                $"The checkpoint has the extension line \"{rest[0]}\", which nobody could audit."
            );
        return new(origin, Decimals.Parse(size, "tree size"), ProofLines.ParseHash(root));
    }

    /// <summary>
    /// The checkpoint as its log signs it. Persist it before anybody sees it, and never sign another root for this
    /// size.
    /// </summary>
    /// <param name="key">Named like the origin.</param>
    /// <param name="sign">Ed25519 over the bytes given, with the private half of <paramref name="key"/>.</param>
    public SignedCheckpoint Sign(VerifierKey key, Func<byte[], byte[]> sign) =>
        new(this, new(Text, ImmutableArray.Create(key.Line(sign(Encoding.UTF8.GetBytes(Text))))));

    /// <summary>
    /// The signature line with which a witness states that it has seen this checkpoint and none that contradicts it.
    /// </summary>
    /// <param name="key">Of type <see cref="KeyType.Cosignature"/>.</param>
    /// <param name="time">POSIX seconds, above zero: zero would leave out the statement that this is the largest tree
    /// seen.</param>
    /// <param name="sign">Ed25519 over the bytes given, with the private half of <paramref name="key"/>.</param>
    public NoteSignature Cosign(VerifierKey key, long time, Func<byte[], byte[]> sign)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, 1);
        return key.Line(new Cosignature(time, sign(Cosignature.Message(Text, time))).ToBytes());
    }
}
