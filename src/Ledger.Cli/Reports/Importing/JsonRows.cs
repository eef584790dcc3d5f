using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// The records of a file that holds one JSON object a line, a list of objects, or a GeoJSON collection. A column's name is
/// the way to its value, with dots: <c>geolocations.0.latitude</c>, <c>properties.name</c>.
/// </summary>
public static class JsonRows
{
    /// <summary>As long as a line of a batch may be.</summary>
    private const int LongestLine = 1 << 20;

    /// <summary>A document is held as a whole, unlike lines.</summary>
    private const int LongestDocument = 100_000_000;

    /// <summary>Under which documents keep their list: GeoJSON, and what KoboToolbox and others answer.</summary>
    private static readonly string[] Lists = ["features", "results", "data", "items"];

    /// <exception cref="SourceException">What follows cannot be read on.</exception>
    public static IEnumerable<SourceRow> Read(TextReader text)
    {
        var first = Line(text, 1);
        return first is not null && IsDocument(first) ? Document(first, text) : Lines(first, text);
    }

    private static bool IsDocument(string first)
    {
        var begins = first.Trim();
        return begins.StartsWith('[')
            || (begins.StartsWith('{') && !begins.EndsWith('}'))
            || (
                JsonInput.Parse(begins) is Parsed<JsonNode>.Good { Value: JsonObject json } && ListIn(json) is not null
            );
    }

    private static JsonArray? ListIn(JsonNode document) =>
        document as JsonArray
        ?? Lists
            .Select(name => (document as JsonObject)?[name] as JsonArray)
            .FirstOrDefault(list => list is [JsonObject, ..] && list.All(item => item is JsonObject));

    private static IEnumerable<SourceRow> Document(string first, TextReader text)
    {
        var whole = new StringBuilder(first);
        var buffer = new char[1 << 16];
        for (int read; (read = CsvRows.Reading(1, () => text.Read(buffer, 0, buffer.Length))) > 0; )
        {
            if (whole.Append(buffer, 0, read).Length > LongestDocument)
                throw new SourceException(
                    1,
                    $"The document is longer than {LongestDocument} characters. "
                        + "Write one object a line (JSON lines); nothing was read."
                );
        }

        JsonNode document;
        try
        {
            document = JsonNode.Parse(whole.ToString())!;
        }
        catch (JsonException wrong)
        {
            throw new SourceException(1, $"The file is not JSON: {wrong.Message} Nothing was read.");
        }

        if (ListIn(document) is not { } list)
            throw new SourceException(1, "The document has no list of records. Nothing was read.");
        var form = SourceForm.List(list.Parent is null ? null : list.GetPropertyName());
        RawRow Raw(JsonNode? item) => new(form, item?.ToJsonString(LedgerJson.Options) ?? "null");
        return list.Select(
            (item, at) =>
                item is JsonObject json
                    ? new SourceRow(at + 1, at + 1, column => Cell(json, column), Raw(item))
                    : new SourceRow(at + 1, at + 1, _ => null, Raw(item), "A record is one JSON object.")
        );
    }

    private static IEnumerable<SourceRow> Lines(string? first, TextReader text)
    {
        var line = first;
        for (var number = 1L; line is not null; line = Line(text, ++number))
        {
            if (!string.IsNullOrWhiteSpace(line))
                yield return Row(line, number);
        }
    }

    private static SourceRow Row(string line, long number)
    {
        var raw = new RawRow(SourceForm.Lines, line.TrimEnd('\r'));
        return JsonInput.Parse(line) switch
        {
            Parsed<JsonNode>.Good { Value: JsonObject json } => new(number, number, column => Cell(json, column), raw),
            Parsed<JsonNode>.Bad { Problems: [var problem, ..] } => new(
                number,
                number,
                _ => null,
                raw,
                problem.Message
            ),
            _ => new(number, number, _ => null, raw, "A line is one JSON object."),
        };
    }

    private static string? Cell(JsonNode record, string column)
    {
        var at = (JsonNode?)record;
        // A name that itself holds a dot is found whole.
        if (record is JsonObject flat && flat.TryGetPropertyValue(column, out var whole))
            at = whole;
        else
        {
            foreach (var part in column.Split('.'))
            {
                at = at switch
                {
                    JsonObject members => members[part],
                    JsonArray items
                        when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                            && index < items.Count => items[index],
                    _ => null,
                };
            }
        }

        return at switch
        {
            null => null,
            JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
            _ => at.ToJsonString(),
        };
    }

    private static string? Line(TextReader text, long number) =>
        CsvRows.Reading(
            number,
            () =>
            {
                var line = new StringBuilder();
                for (int next; (next = text.Read()) >= 0; )
                {
                    if (next == '\n')
                        return line.ToString();
                    if (line.Append((char)next).Length > LongestLine)
                        throw new SourceException(
                            number,
                            $"The line is longer than {LongestLine} characters. Nothing from here on was read."
                        );
                }

                return line.Length > 0 ? line.ToString() : null;
            }
        );
}
