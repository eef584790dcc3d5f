using System.Globalization;

namespace Ledger.Server.Limits;

/// <summary>What others say, where it is logged.</summary>
public static class OneLine
{
    private const int Longest = 300;

    /// <summary>
    /// Without line ends, signs that move a cursor, and signs that turn text around: nobody writes lines of his own
    /// into the log, nor paints over others.
    /// </summary>
    public static string Of(string? text) =>
        string.Concat(
            (text ?? "")
                .Take(Longest)
                .Select(c =>
                    char.GetUnicodeCategory(c)
                        is UnicodeCategory.Control
                            or UnicodeCategory.Format
                            or UnicodeCategory.LineSeparator
                            or UnicodeCategory.ParagraphSeparator
                        ? ' '
                        : c
                )
        );
}
