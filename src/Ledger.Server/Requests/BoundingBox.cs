using System.Globalization;

namespace Ledger.Server.Requests;

/// <summary>
/// Degrees, edges included. A box that begins east of where it ends crosses the 180th meridian, as RFC 7946 has it.
/// </summary>
internal sealed record BoundingBox(double West, double South, double East, double North)
{
    public bool Holds(double lat, double lon) =>
        lat >= South && lat <= North && (West <= East ? lon >= West && lon <= East : lon >= West || lon <= East);

    /// <summary>The parameter <c>bbox</c>; null where it is not given or wrong, which is noted.</summary>
    /// <param name="query">That has it.</param>
    /// <param name="mayHaveHeights">Whether a third number of each corner is taken; it does not narrow.</param>
    public static BoundingBox? Read(QueryReader query, bool mayHaveHeights = false)
    {
        if (query.Text("bbox") is not { } text)
            return null;
        var numbers = text.Split(',')
            .Select(part =>
                double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number)
                    ? number
                    : double.NaN
            )
            .ToArray();
        if (mayHaveHeights && numbers is [var w, var s, _, var e, var n, _])
            numbers = [w, s, e, n];
        if (
            numbers is [>= -180 and <= 180, >= -90 and <= 90, >= -180 and <= 180, >= -90 and <= 90]
            && numbers[1] <= numbers[3]
        )
            return new BoundingBox(numbers[0], numbers[1], numbers[2], numbers[3]);
        query.Wrong(
            "bbox",
            "query/not-a-box",
            $"'{text}' is not a box: write bbox=west,south,east,north in degrees, such as 35,35,38,37."
        );
        return null;
    }
}
