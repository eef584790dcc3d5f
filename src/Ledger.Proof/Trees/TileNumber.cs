using System.Globalization;

namespace Ledger.Proof.Trees;

/// <summary>
/// The <c>&lt;N&gt;[.p/&lt;W&gt;]</c> of tile paths (C2SP tlog-tiles): elements of three digits, all but the last begin
/// with x, so that 1234067 is <c>x001/x234/067</c>. Go's sumdb, from which this descends, writes other paths.
/// </summary>
internal static class TileNumber
{
    private const string Partial = ".p/";

    public static string Format(long index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, TileId.FullWidth);
        var number = $"{index % 1000:000}";
        for (index /= 1000; index > 0; index /= 1000)
            number = $"x{index % 1000:000}/{number}";
        return width == TileId.FullWidth ? number : $"{number}{Partial}{width}";
    }

    /// <summary>Null for every text that <see cref="Format"/> does not write.</summary>
    public static (long Index, int Width)? Parse(string text)
    {
        var at = text.IndexOf(Partial, StringComparison.Ordinal);
        var number = at < 0 ? text : text[..at];
        var digits = number.Replace("/", "", StringComparison.Ordinal).Replace("x", "", StringComparison.Ordinal);
        var width = TileId.FullWidth;
        return
            long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && (
                at < 0
                || int.TryParse(
                    text.AsSpan(at + Partial.Length),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out width
                )
            )
            && width is >= 1 and <= TileId.FullWidth
            && string.Equals(Format(index, width), text, StringComparison.Ordinal)
            ? (index, width)
            : null;
    }
}
