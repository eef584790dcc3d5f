using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Domain.Places;
using Ledger.Domain.Time;
using Ledger.Server.Answers;
using Ledger.Server.Requests;
using Ledger.Server.Tables.Formats;
using NetTopologySuite.Geometries;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Server.Features;

/// <summary>
/// What narrows the features of a collection: <c>bbox</c> and <c>datetime</c> as the standard says (OGC API - Features -
/// Part 1, clause 7.15), and the two columns that most people narrow by.
/// </summary>
internal static class FeatureFilter
{
    public static readonly string[] Columns = ["kind", "level"];

    /// <summary>The parameters that narrow features with these columns.</summary>
    public static IEnumerable<string> Taken(TableColumns columns) =>
        ((string[])["bbox", "datetime"]).Concat(Columns.Where(name => IndexOf(columns, name) >= 0));

    /// <summary>Everything that a feature has to pass.</summary>
    public static IEnumerable<Func<TableRow, bool>> Read(QueryReader query, TableColumns columns)
    {
        if (BoundingBox.Read(query, mayHaveHeights: true) is { } box && Boxes(box) is var boxes)
            yield return row => row.Geometry is not null && Array.Exists(boxes, ShapeOf(row).Intersects);
        if (Interval(query, columns.Zone) is { } interval)
            // What has no time is in every interval.
            yield return row => TimeOf(columns, row) is not { } time || Meet(time, interval);
        foreach (var name in Columns)
        {
            if (IndexOf(columns, name) is >= 0 and var index && query.Texts(name) is { Length: > 0 } asked)
                yield return row => asked.Contains(TableColumns.Text(row.Values[index]), StringComparer.Ordinal);
        }
    }

    /// <summary>Around all places and all times.</summary>
    public static Extent ExtentOf(TableColumns columns, IEnumerable<TableRow> rows)
    {
        var (box, from, until) = (new Envelope(), (Instant?)null, (Instant?)null);
        foreach (var row in rows)
        {
            if (row.Geometry is not null)
                box.ExpandToInclude(ShapeOf(row).EnvelopeInternal);
            if (TimeOf(columns, row) is not { } time)
                continue;
            from = from is null ? time.From : Instant.Min(from.Value, time.From);
            until = until is null ? time.Until : Instant.Max(until.Value, time.Until);
        }

        return new Extent(
            box.IsNull
                ? null
                : new SpatialExtent([
                    [box.MinX, box.MinY, box.MaxX, box.MaxY],
                ]),
            from is null
                ? null
                : new TemporalExtent([
                    [from.Value.ToText(), until!.Value.ToText()],
                ])
        );
    }

    /// <summary>The end is excluded, except from what has no length.</summary>
    private static bool Meet((Instant From, Instant Until) time, (Instant From, Instant Until) asked) =>
        time.From <= asked.Until && (time.Until > asked.From || time.From >= asked.From);

    private static (Instant From, Instant Until)? TimeOf(TableColumns columns, TableRow row) =>
        InstantOf(columns, row, "from", "occurred_from") is { } from
        && InstantOf(columns, row, "until", "occurred_until") is { } until
            ? (from, until)
            : null;

    private static Instant? InstantOf(TableColumns columns, TableRow row, params string[] names)
    {
        foreach (var name in names)
        {
            if (
                IndexOf(columns, name) is >= 0 and var index
                && Instants.TryParse(TableColumns.Text(row.Values[index]), out var instant)
            )
                return instant;
        }

        return null;
    }

    private static int IndexOf(TableColumns columns, string name)
    {
        for (var i = 0; i < columns.Columns.Length; i++)
        {
            if (columns.Columns[i].Name == name)
                return i;
        }

        return -1;
    }

    private static NetTopologySuite.Geometries.Geometry ShapeOf(TableRow row)
    {
        var geometry = row.Geometry!;
        if ((string)geometry["type"]! == "Point" && geometry["coordinates"] is JsonArray at)
            return new Point(Number(at[0]!), Number(at[1]!));
        return GeoShape.Read(new InputNode(geometry.DeepClone(), "", new Problems()))!.Geometry;

        static double Number(JsonNode number) => double.Parse(number.ToString(), CultureInfo.InvariantCulture);
    }

    /// <summary>A box across the 180th meridian is two.</summary>
    private static NetTopologySuite.Geometries.Geometry[] Boxes(BoundingBox box)
    {
        var (west, south, east, north) = box;
        return west <= east
            ? [Box(west, south, east, north)]
            : [Box(west, south, 180, north), Box(-180, south, east, north)];

        static NetTopologySuite.Geometries.Geometry Box(double west, double south, double east, double north) =>
            GeometryFactory.Default.ToGeometry(new Envelope(west, east, south, north));
    }

    /// <summary>An instant, or two with a slash between them; an open end is empty or two dots.</summary>
    private static (Instant From, Instant Until)? Interval(QueryReader query, DateTimeZone zone)
    {
        if (query.Text("datetime") is not { } text)
            return null;
        var ends = text.Split('/');
        if (
            ends.Length <= 2
            && (Bound(ends[0], zone, end: false), Bound(ends[^1], zone, end: true)) is ({ } from, { } until)
            && from <= until
        )
            return (from, until);
        query.Wrong(
            "datetime",
            "query/not-a-time",
            $"'{text}' is not a time: write datetime=2018-10-10T09:30:00Z, a day, or two with a slash, such as 2018-10-01/2018-10-31 or 2018-10-01/.."
        );
        return null;
    }

    /// <summary>The first day counts from its start, the last one to its end.</summary>
    private static Instant? Bound(string text, DateTimeZone zone, bool end) =>
        text is "" or ".."
            ? end
                ? Instants.Latest
                : Instants.Earliest
            : LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: >= 1800 and < 2200 } day }
                ? end
                    ? zone.StartOf(day.PlusDays(1)) - Instants.Microsecond
                    : zone.StartOf(day)
                : Instants.TryParse(text.Replace(' ', '+'), out var instant)
                    ? instant
                    : null;
}
