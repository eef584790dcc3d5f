using System.Collections.Immutable;
using System.Text;
using Ledger.Proof.Texts;

namespace Ledger.Proof.Notes;

/// <summary>
/// A text with signatures (C2SP signed-note). Nothing in it may be believed before <see cref="Verify"/>.
/// </summary>
/// <param name="Text">Ends in a newline, which is signed too.</param>
/// <param name="Signatures">At least one.</param>
public sealed record SignedNote(string Text, ImmutableArray<NoteSignature> Signatures)
{
    /// <summary>The standard asks for 16 at least. Above this somebody wants us to work.</summary>
    public const int MaxSignatures = 100;

    /// <summary>
    /// Reads a note: text, blank line, signature lines. <see cref="ToString"/> gives the same characters back.
    /// </summary>
    /// <exception cref="MalformedException">It has another form.</exception>
    public static SignedNote Parse(string note)
    {
        StrictText.Check(note);
        var blank = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0)
            throw new MalformedException(
                Malformation.NoBlankLine,
                "No blank line separates the note's text from its signatures."
            );
        var lines = note[(blank + 2)..].Split('\n')[..^1];
        if (lines.Length > MaxSignatures)
            throw new MalformedException(
                Malformation.TooManySignatures,
                $"{lines.Length} signatures; at most {MaxSignatures} are read."
            );
        if (lines.Length == 0)
            throw new MalformedException(Malformation.SignatureLine, "The note is not signed.");
        return new(note[..(blank + 1)], [.. lines.Select(NoteSignature.Parse)]);
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static SignedNote Parse(ReadOnlySpan<byte> utf8) => Parse(StrictText.Decode(utf8));

    /// <summary>
    /// Whether a key one trusts signed this text, and every signature by such a key holds; others are ignored.
    /// </summary>
    /// <param name="known">No two with the same name and id.</param>
    public NoteVerdict Verify(IReadOnlyCollection<VerifierKey> known)
    {
        var verified = new List<(VerifierKey Key, NoteSignature Signature)>();
        foreach (var signature in Signatures)
        {
            if (known.FirstOrDefault(key => key.Made(signature)) is not { } key)
                continue;

            // A known key with a bad signature spoils the whole note: somebody changed it.
            if (!key.Verify(Text, signature))
                return new(NoteFault.BadSignature, key.Name, []);
            if (verified.TrueForAll(other => other.Key != key))
                verified.Add((key, signature));
        }

        return verified.Count == 0 ? new(NoteFault.NoKnownKey, null, []) : new(NoteFault.None, null, [.. verified]);
    }

    /// <summary>The note with more signature lines. Those it has already are not repeated.</summary>
    public SignedNote With(params IEnumerable<NoteSignature> more)
    {
        var lines = Signatures.Select(static line => line.ToString()).ToHashSet(StringComparer.Ordinal);
        return this with { Signatures = [.. Signatures, .. more.Where(line => lines.Add(line.ToString()))] };
    }

    /// <summary>The whole note.</summary>
    public override string ToString() =>
        $"{Text}\n{string.Concat(Signatures.Select(static signature => $"{signature}\n"))}";

    /// <summary>The whole note in UTF-8.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());
}

/// <summary>Why a note cannot be believed.</summary>
public enum NoteFault
{
    /// <summary>It can.</summary>
    None,

    /// <summary>Nobody known has signed it.</summary>
    NoKnownKey,

    /// <summary>A line names a known key, but the signature does not hold.</summary>
    BadSignature,
}

/// <param name="Fault">Whether the note holds.</param>
/// <param name="KeyName">For <see cref="NoteFault.BadSignature"/>, whose signature does not hold.</param>
/// <param name="Verified">The known keys whose signatures hold, each once. Empty if there is a fault.</param>
public sealed record NoteVerdict(
    NoteFault Fault,
    string? KeyName,
    ImmutableArray<(VerifierKey Key, NoteSignature Signature)> Verified
);
