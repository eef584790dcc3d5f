using System.Text;

namespace Ledger.Server.Tables.Formats;

/// <summary>Text for XML 1.0, which has no way to write most control characters.</summary>
internal static class XmlText
{
    public static string Of(object? value)
    {
        var text = Answers.TableColumns.Text(value);
        if (text.EnumerateRunes().All(IsAllowed))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(IsAllowed(rune) ? rune : Rune.ReplacementChar);
        return clean.ToString();
    }

    private static bool IsAllowed(Rune rune) =>
        rune.Value is '\t' or '\n' or '\r' or (>= 0x20 and not (0xfffe or 0xffff)) && rune != Rune.ReplacementChar;
}
