using Ledger.Proof.Texts;

namespace Ledger.Proof.Notes;

/// <summary>
/// A note whose text is a checkpoint. Its signatures are not checked yet: <see cref="Witnesses.TlogPolicy.Verify"/>
/// does.
/// </summary>
public sealed record SignedCheckpoint(Checkpoint Checkpoint, SignedNote Note)
{
    /// <exception cref="MalformedException">It is no signed note, or its text is no checkpoint.</exception>
    public static SignedCheckpoint Parse(string note)
    {
        var parsed = SignedNote.Parse(note);
        return new(Checkpoint.Parse(parsed.Text), parsed);
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static SignedCheckpoint Parse(ReadOnlySpan<byte> utf8) => Parse(StrictText.Decode(utf8));

    /// <summary>Checkpoints one after the other, with an empty line between two; none in an empty text.</summary>
    /// <exception cref="MalformedException">It has another form.</exception>
    public static IReadOnlyList<SignedCheckpoint> ParseMany(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return [];
        var text = StrictText.Decode(utf8);
        StrictText.Check(text);
        var parts = text[..^1].Split("\n\n");
        return parts.Length % 2 == 0
            ? [.. parts.Chunk(2).Select(static part => Parse($"{part[0]}\n\n{part[1]}\n"))]
            : throw new MalformedException(Malformation.NoBlankLine, "The last checkpoint has no signatures.");
    }

    /// <summary>The checkpoint with cosignatures collected later.</summary>
    public SignedCheckpoint With(params IEnumerable<NoteSignature> cosignatures) =>
        this with
        {
            Note = Note.With(cosignatures),
        };

    /// <summary>The whole note, as it is served at <c>/checkpoint</c>.</summary>
    public override string ToString() => Note.ToString();
}
