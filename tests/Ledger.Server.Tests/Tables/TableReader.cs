using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using MiniExcelLibs;

namespace Ledger.Server.Tests.Tables;

/// <summary>Reads a table in any format into the same rows: the name of each column that has a value, and its text.</summary>
internal static class TableReader
{
    private static readonly XNamespace Kml = "http://www.opengis.net/kml/2.2";

    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string ending, byte[] file) =>
        ending switch
        {
            "csv" => OfCsv(Encoding.UTF8.GetString(file)),
            "xlsx" => Workbook(file),
            "json" => [.. JsonNode.Parse(file)!["rows"]!.AsArray().Select(row => Members(row!))],
            "jsonl" =>
            [
                .. Encoding
                    .UTF8.GetString(file)
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => Members(JsonNode.Parse(line)!)),
            ],
            "geojson" =>
            [
                .. JsonNode.Parse(file)!["features"]!.AsArray().Select(feature => Members(feature!["properties"]!)),
            ],
            "kml" =>
            [
                .. XDocument
                    .Load(new MemoryStream(file))
                    .Descendants(Kml + "Placemark")
                    .Select(placemark => Data(placemark)),
            ],
            _ => throw new ArgumentException($"Nothing reads {ending}.", nameof(ending)),
        };

    /// <summary>What the file says of itself; null where its format has no place for that.</summary>
    public static IReadOnlyDictionary<string, string>? About(string ending, byte[] file) =>
        ending switch
        {
            "xlsx" => Sheet(file, "about").ToDictionary(row => row["what"], row => row["value"]),
            "json" or "geojson" => Members(JsonNode.Parse(file)!["about"]!),
            "kml" => Data(XDocument.Load(new MemoryStream(file)).Descendants(Kml + "Document").Single()),
            _ => null,
        };

    private static Dictionary<string, string> Data(XElement element) =>
        element
            .Elements(Kml + "ExtendedData")
            .Single()
            .Elements()
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Value, StringComparer.Ordinal);

    /// <summary>An empty list is an empty cell.</summary>
    private static Dictionary<string, string> Members(JsonNode row) =>
        row.AsObject()
            .Where(member => member.Value is not JsonArray { Count: 0 })
            .ToDictionary(
                member => member.Key,
                member =>
                    member.Value switch
                    {
                        JsonArray list => string.Join("; ", list.Select(item => item!.ToString())),
                        JsonObject part => part.ToJsonString(Ledger.Domain.Entries.LedgerJson.Options),
                        _ => member.Value!.ToString(),
                    },
                StringComparer.Ordinal
            );

    private static IReadOnlyList<IReadOnlyDictionary<string, string>> Workbook(byte[] file) =>
        Sheet(file, MiniExcel.GetSheetNames(new MemoryStream(file))[0]);

    private static List<IReadOnlyDictionary<string, string>> Sheet(byte[] file, string name) =>
        [
            .. MiniExcel
                .Query(new MemoryStream(file), useHeaderRow: true, sheetName: name)
                .Select(row =>
                    ((IDictionary<string, object?>)row)
                        .Where(cell => cell.Value is not null)
                        .ToDictionary(
                            cell => cell.Key,
                            cell =>
                                cell.Value switch
                                {
                                    DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                                    bool truth => truth ? "true" : "false",
                                    var other => Convert.ToString(other, CultureInfo.InvariantCulture)!,
                                },
                            StringComparer.Ordinal
                        )
                ),
        ];

    /// <summary>The apostrophe before what looks like a formula is taken off.</summary>
    private static List<IReadOnlyDictionary<string, string>> OfCsv(string text)
    {
        var rows = Csv.Read(text);
        return
        [
            .. rows.Skip(1)
                .Select(values =>
                    (IReadOnlyDictionary<string, string>)
                        rows[0]
                            .Zip(values)
                            .Where(pair => pair.Second.Length > 0)
                            .ToDictionary(
                                pair => pair.First,
                                pair => pair.Second.StartsWith('\'') ? pair.Second[1..] : pair.Second,
                                StringComparer.Ordinal
                            )
                ),
        ];
    }
}
