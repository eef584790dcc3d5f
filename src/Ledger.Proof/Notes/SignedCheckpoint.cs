namespace Ledger.Proof.Notes;

/// <summary>
/// A note whose text is a checkpoint. Its signatures are not checked yet: <see cref="Witnesses.TlogPolicy.Verify"/>
/// does.
/// </summary>
public sealed record SignedCheckpoint(Checkpoint Checkpoint, SignedNote Note)
{
    /// <exception cref="Texts.MalformedException">It is no signed note, or its text is no checkpoint.</exception>
    public static SignedCheckpoint Parse(string note)
    {
        var parsed = SignedNote.Parse(note);
        return new(Checkpoint.Parse(parsed.Text), parsed);
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static SignedCheckpoint Parse(ReadOnlySpan<byte> utf8) => Parse(Texts.StrictText.Decode(utf8));

    /// <summary>The checkpoint with cosignatures collected later.</summary>
    public SignedCheckpoint With(params IEnumerable<NoteSignature> cosignatures) =>
        this with
        {
            Note = Note.With(cosignatures),
        };

    /// <summary>The whole note, as it is served at <c>/checkpoint</c>.</summary>
    public override string ToString() => Note.ToString();
}
