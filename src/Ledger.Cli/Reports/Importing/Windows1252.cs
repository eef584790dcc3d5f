using System.Collections.Frozen;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// Text that was written in Windows-1252 and read as Latin-1 has control characters, U+0080 to U+009F, where quotes and
/// dashes stood. Nothing else was lost, so they can be put back.
/// </summary>
internal static class Windows1252
{
    private const char First = '\u0080';

    /// <summary>Of the five places that Windows-1252 leaves empty, nothing is known; they stay, and are refused.</summary>
    private const string Letters =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    public static readonly FrozenDictionary<string, bool> Repairs = new Dictionary<string, bool>
    {
        ["windows-1252"] = true,
    }.ToFrozenDictionary();

    public static string Repaired(string text) =>
        text.Any(c => c is >= First and < (char)(First + 32))
            ? string.Concat(text.Select(c => c is >= First and < (char)(First + 32) ? Letters[c - First] : c))
            : text;
}
