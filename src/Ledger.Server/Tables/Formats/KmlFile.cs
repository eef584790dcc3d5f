using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Ledger.Domain.Entries;
using Ledger.Server.Answers;

namespace Ledger.Server.Tables.Formats;

/// <summary>
/// KML 2.2 (OGC 07-147r2), a placemark a row. What the file shows stands in the <c>ExtendedData</c> of the document.
/// </summary>
internal static class KmlFile
{
    public const string MediaType = "application/vnd.google-earth.kml+xml";

    private const string Namespace = "http://www.opengis.net/kml/2.2";

    private static readonly XmlWriterSettings Settings = new() { Async = true, CloseOutput = false };

    public static async Task WriteAsync(TableFile file, PipeWriter body, CancellationToken cancellationToken)
    {
        await using var xml = XmlWriter.Create(body.AsStream(leaveOpen: true), Settings);
        await xml.WriteStartDocumentAsync();
        await xml.WriteStartElementAsync(null, "kml", Namespace);
        await xml.WriteStartElementAsync(null, "Document", Namespace);
        await TextAsync(xml, "name", $"{file.About.Agreement} {file.About.Table}");
        await DataAsync(xml, About(file.About));
        await foreach (var row in file.Rows.WithCancellation(cancellationToken))
        {
            await PlacemarkAsync(xml, file.Columns, row);
            await xml.FlushAsync();
        }

        await xml.WriteEndElementAsync();
        await xml.WriteEndElementAsync();
        await xml.WriteEndDocumentAsync();
        await xml.FlushAsync();
        await body.FlushAsync(cancellationToken);
    }

    private static IEnumerable<(string Name, string Text)> About(TableAbout about) =>
        JsonSerializer
            .SerializeToNode(about, LedgerJson.Options)!
            .AsObject()
            .Where(member => member.Value is not null)
            .Select(member =>
                (
                    member.Key,
                    member.Value is JsonObject part ? part.ToJsonString(LedgerJson.Options) : member.Value!.ToString()
                )
            );

    private static async Task PlacemarkAsync(XmlWriter xml, TableColumns columns, TableRow row)
    {
        await xml.WriteStartElementAsync(null, "Placemark", Namespace);
        await TextAsync(xml, "name", Named(columns, row, "place") ?? Named(columns, row, "name") ?? row.Values[0]);
        var (from, until) = (
            Named(columns, row, "from") ?? Named(columns, row, "occurred_from"),
            Named(columns, row, "until") ?? Named(columns, row, "occurred_until")
        );
        if (from is not null)
        {
            await xml.WriteStartElementAsync(null, "TimeSpan", Namespace);
            await TextAsync(xml, "begin", from);
            if (until is not null)
                await TextAsync(xml, "end", until);
            await xml.WriteEndElementAsync();
        }

        await DataAsync(
            xml,
            columns
                .Columns.Zip(row.Values, (column, value) => (column.Name, Value: value))
                .Select(cell => (cell.Name, Text: TableColumns.Text(cell.Value)))
                .Where(cell => cell.Text.Length > 0)
        );
        if (row.Geometry is { } geometry)
            await GeometryAsync(xml, (string)geometry["type"]!, geometry["coordinates"]!);
        await xml.WriteEndElementAsync();
    }

    private static object? Named(TableColumns columns, TableRow row, string name)
    {
        for (var i = 0; i < columns.Columns.Length; i++)
        {
            if (columns.Columns[i].Name == name)
                return row.Values[i];
        }

        return null;
    }

    private static async Task GeometryAsync(XmlWriter xml, string type, JsonNode coordinates)
    {
        switch (type)
        {
            case "Point":
                await xml.WriteStartElementAsync(null, "Point", Namespace);
                await TextAsync(xml, "coordinates", Position(coordinates));
                await xml.WriteEndElementAsync();
                break;
            case "Polygon":
                await PolygonAsync(xml, coordinates.AsArray());
                break;
            default:
                await xml.WriteStartElementAsync(null, "MultiGeometry", Namespace);
                foreach (var polygon in coordinates.AsArray())
                    await PolygonAsync(xml, polygon!.AsArray());
                await xml.WriteEndElementAsync();
                break;
        }
    }

    private static async Task PolygonAsync(XmlWriter xml, JsonArray rings)
    {
        await xml.WriteStartElementAsync(null, "Polygon", Namespace);
        for (var i = 0; i < rings.Count; i++)
        {
            await xml.WriteStartElementAsync(null, i == 0 ? "outerBoundaryIs" : "innerBoundaryIs", Namespace);
            await xml.WriteStartElementAsync(null, "LinearRing", Namespace);
            await TextAsync(xml, "coordinates", string.Join(' ', rings[i]!.AsArray().Select(at => Position(at!))));
            await xml.WriteEndElementAsync();
            await xml.WriteEndElementAsync();
        }

        await xml.WriteEndElementAsync();
    }

    private static string Position(JsonNode position) => string.Join(',', position.AsArray().Select(part => part!));

    private static async Task DataAsync(XmlWriter xml, IEnumerable<(string Name, string Text)> members)
    {
        await xml.WriteStartElementAsync(null, "ExtendedData", Namespace);
        foreach (var (name, text) in members)
        {
            await xml.WriteStartElementAsync(null, "Data", Namespace);
            await xml.WriteAttributeStringAsync(null, "name", null, name);
            await TextAsync(xml, "value", text);
            await xml.WriteEndElementAsync();
        }

        await xml.WriteEndElementAsync();
    }

    private static Task TextAsync(XmlWriter xml, string name, object? value) =>
        xml.WriteElementStringAsync(null, name, Namespace, XmlText.Of(value));
}
