using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Time;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Server.Answers;

/// <summary>How a value is written into its cell.</summary>
public enum CsvForm
{
    AsItIs,

    /// <summary>Of an instant, the day in the agreement's zone.</summary>
    Day,

    /// <summary>Of an instant that ends something and is excluded, the last day that is in it.</summary>
    LastDay,
}

/// <param name="Name">Of the column.</param>
/// <param name="Path">Where its value stands in the JSON of a row, with slashes; lists are written with semicolons
/// between their items.</param>
/// <param name="Form">How it is written.</param>
public readonly record struct CsvColumn(string Name, string Path, CsvForm Form = CsvForm.AsItIs);

/// <summary>
/// The columns of a table. A whole day in the agreement's zone begins on the day before in UTC, and a spreadsheet that
/// cuts or groups the instant counts it on that one: so a day stands beside every instant.
/// </summary>
/// <param name="Columns">In order.</param>
/// <param name="Zone">Of the agreement.</param>
public sealed record CsvTable(ImmutableArray<CsvColumn> Columns, DateTimeZone Zone)
{
    /// <summary>The first line: the names of the columns, behind the byte order mark if it is wanted.</summary>
    public string Head(bool mark) =>
        $"{(mark ? "\ufeff" : "")}{string.Join(',', Columns.Select(column => CsvAnswer.Cell(column.Name)))}\r\n";

    /// <summary>One row with its end.</summary>
    public string Line(JsonNode row) =>
        $"{string.Join(',', Columns.Select(column => CsvAnswer.Cell(Text(column, row))))}\r\n";

    private string Text(CsvColumn column, JsonNode row)
    {
        var text = Text(At(row, column.Path));
        if (column.Form == CsvForm.AsItIs || !Instants.TryParse(text, out var instant))
            return column.Form == CsvForm.AsItIs ? text : "";
        return LocalDatePattern.Iso.Format(
            Zone.DayOf(column.Form == CsvForm.LastDay ? instant - Instants.Microsecond : instant)
        );
    }

    private static JsonNode? At(JsonNode row, string path) =>
        path.Split('/').Aggregate((JsonNode?)row, (node, name) => (node as JsonObject)?[name]);

    private static string Text(JsonNode? value) =>
        value is JsonArray list ? string.Join("; ", list.Select(Text)) : value?.ToString() ?? "";
}
