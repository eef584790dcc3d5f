using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// Positions as forms, phones and people write them. What can be read in two ways is not read at all.
/// </summary>
internal static partial class Coordinates
{
    private const decimal MinutesPerDegree = 60;
    private const decimal SecondsPerDegree = 3_600;
    private const int Places = 7;

    /// <summary>
    /// Two numbers, and behind them altitude and accuracy where ODK and Kobo write a geopoint; or <c>POINT (lon lat)</c>.
    /// </summary>
    /// <param name="cell">With Latin digits.</param>
    /// <param name="longitudeFirst">Whether the first number is the longitude.</param>
    /// <param name="decimalComma">Whether a comma is a decimal sign, and so stands between no two numbers.</param>
    public static JsonObject? Point(string cell, bool longitudeFirst, bool decimalComma)
    {
        if (WellKnownText().Match(cell) is { Success: true } text)
            return Of(text.Groups["y"].Value, text.Groups["x"].Value);
        if (decimalComma && cell.Contains('.', StringComparison.Ordinal))
            return null;
        // Between numbers with a decimal comma stands a semicolon or a space; a comma with a space may be either.
        var written = decimalComma && !cell.Contains(", ", StringComparison.Ordinal) ? cell.Replace(',', '.') : cell;
        return Numbers(written) is [var first, var second, ..]
            ? Of(longitudeFirst ? second : first, longitudeFirst ? first : second)
            : null;
    }

    /// <summary>The fourth number of a geopoint, in whole metres, never smaller than it says.</summary>
    public static JsonValue? Accuracy(string cell) =>
        Numbers(cell) is [_, _, _, var metres]
        && decimal.Parse(metres, CultureInfo.InvariantCulture) is > 0 and < 1_000_000 and var accuracy
            ? JsonValue.Create((int)decimal.Ceiling(accuracy))
            : null;

    public static JsonValue? Degrees(string cell)
    {
        if (Sexagesimal().Match(cell.Trim()) is not { Success: true } match)
            return null;
        var (before, after) = (match.Groups["before"].Value, match.Groups["after"].Value);
        var (minutes, seconds) = (Part("minutes"), Part("seconds"));
        var hasSeconds = match.Groups["seconds"].Success;
        if (
            (before.Length > 0 && after.Length > 0)
            || minutes >= MinutesPerDegree
            || seconds >= MinutesPerDegree
            || (hasSeconds && minutes != decimal.Truncate(minutes))
        )
            return null;
        var size = Part("degrees") + (minutes / MinutesPerDegree) + (seconds / SecondsPerDegree);
        var negative = match.Groups["sign"].Value == "-" || (before + after).ToUpperInvariant() is "S" or "W";
        return JsonValue.Create(decimal.Round(negative ? -size : size, Places).ToString(CultureInfo.InvariantCulture));

        decimal Part(string name) =>
            match.Groups[name] is { Success: true, Value: var text }
                ? decimal.Parse(text, CultureInfo.InvariantCulture)
                : 0;
    }

    private static JsonObject Of(string lat, string lon) => new() { ["lat"] = lat, ["lon"] = lon };

    /// <summary>Between commas or semicolons, else between spaces. A comma may be a decimal sign: then it is neither.</summary>
    private static string[]? Numbers(string cell)
    {
        var separator =
            cell.Contains(';', StringComparison.Ordinal) ? ';'
            : cell.Contains(',', StringComparison.Ordinal) ? ','
            : ' ';
        var parts = cell.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return
            parts.Length is >= 2 and <= 4
            && Array.TrueForAll(parts, part => Number().IsMatch(part))
            && (separator != ',' || parts.Any(part => part.Contains('.', StringComparison.Ordinal)))
            ? parts
            : null;
    }

    [GeneratedRegex(@"^[+-]?\d{1,6}(\.\d{1,20})?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"^\s*POINT\s*(Z\s*)?\(\s*(?<x>[+-]?\d{1,3}(\.\d{1,20})?)\s+(?<y>[+-]?\d{1,3}(\.\d{1,20})?)(\s+[+-]?\d+(\.\d+)?)?\s*\)\s*$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex WellKnownText();

    [GeneratedRegex(
        @"^(?<before>[NSEW])?\s*(?<sign>[+-])?(?<degrees>\d{1,3})\s*[\u00b0\u00ba:\s]\s*"
            + @"(?<minutes>\d{1,2}(\.\d{1,20})?)\s*['\u2019\u2032:\s]?\s*"
            + @"((?<seconds>\d{1,2}(\.\d{1,20})?)\s*(""|''|\u201d|\u2033)?)?\s*(?<after>[NSEW])?$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Sexagesimal();
}
