using System.Text;

namespace Ledger.Proof.Texts;

/// <summary>
/// The rules that notes, proofs and requests share: UTF-8, lines that end in newline, no other control characters.
/// </summary>
internal static class StrictText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="MalformedException"><see cref="Malformation.NotUtf8"/></exception>
    public static string Decode(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Utf8.GetString(utf8);
        }
        catch (DecoderFallbackException error)
        {
            throw new MalformedException(Malformation.NotUtf8, $"Not UTF-8 at byte {error.Index}.");
        }
    }

    /// <exception cref="MalformedException">Half a surrogate pair, a control character, or no newline at the
    /// end.</exception>
    public static void Check(string text)
    {
        var number = 1;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
                number++;
            else if (text[i] < ' ')
                throw new MalformedException(
                    Malformation.ControlCharacter,
                    $"Line {number} has the control character 0x{(int)text[i]:x2}."
                );
            else if (
                char.IsSurrogate(text[i])
                && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i]))
            )
                throw new MalformedException(Malformation.NotUtf8, $"Line {number} has half a surrogate pair.");
        }

        if (!text.EndsWith('\n'))
            throw new MalformedException(
                Malformation.NoFinalNewline,
                "The last line has no newline at its end: the text was cut."
            );
    }

    /// <summary>Splits at the first blank line: the lines before it, and everything after it as it stands.</summary>
    public static (string[] Before, string After) SplitAtBlankLine(string text)
    {
        Check(text);
        var blank = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0)
            throw new MalformedException(
                Malformation.NoBlankLine,
                "No blank line separates the proof from the checkpoint."
            );
        return (text[..blank].Split('\n'), text[(blank + 2)..]);
    }

    /// <summary>The word that must follow a keyword and one space; null if the line is another one.</summary>
    public static string? After(string keyword, string line) =>
        line.StartsWith(keyword, StringComparison.Ordinal)
        && line.Length > keyword.Length
        && line[keyword.Length] == ' '
            ? line[(keyword.Length + 1)..]
            : null;
}
