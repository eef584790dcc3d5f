using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// The records of a file that holds one JSON object a line. A column's name is the way to its value, with dots:
/// <c>geolocations.0.latitude</c>.
/// </summary>
public static class JsonRows
{
    /// <summary>As long as a line of a batch may be.</summary>
    private const int LongestLine = 1 << 20;

    /// <exception cref="SourceException">What follows cannot be read on.</exception>
    public static IEnumerable<SourceRow> Read(TextReader text)
    {
        for (var number = 1L; Line(text, number) is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
                yield return Row(line, number);
        }
    }

    private static SourceRow Row(string line, long number) =>
        JsonInput.Parse(line) switch
        {
            Parsed<JsonNode>.Good { Value: JsonObject json } => new SourceRow(
                number,
                number,
                column => Cell(json, column)
            ),
            Parsed<JsonNode>.Bad { Problems: [var problem, ..] } => new SourceRow(
                number,
                number,
                _ => null,
                problem.Message
            ),
            _ => new SourceRow(number, number, _ => null, "A line is one JSON object."),
        };

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
