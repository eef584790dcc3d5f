using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Time;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Server.Answers;

/// <summary>What a value becomes in its cell.</summary>
public enum ColumnForm
{
    AsItIs,

    /// <summary>A number, though decimal text is recorded.</summary>
    Number,

    /// <summary>An instant with its offset.</summary>
    Instant,

    /// <summary>Of an instant, the day in the agreement's zone.</summary>
    Day,

    /// <summary>Of an instant that ends something and is excluded, the last day that is in it.</summary>
    LastDay,

    /// <summary>Of a text in several languages, one.</summary>
    Words,
}

/// <param name="Name">Of the column.</param>
/// <param name="Path">Where its value stands in the JSON of a row, with slashes.</param>
/// <param name="Form">What it becomes.</param>
/// <param name="Codes">Which codes of the agreement file it holds, that can be written as their names.</param>
public readonly record struct TableColumn(
    string Name,
    string Path,
    ColumnForm Form = ColumnForm.AsItIs,
    CodeList Codes = CodeList.None
);

/// <summary>
/// The columns of a table. A whole day in the agreement's zone begins on the day before in UTC, and a spreadsheet that
/// cuts or groups the instant counts it on that one: so a day stands beside every instant.
/// </summary>
/// <param name="Columns">In order.</param>
/// <param name="Zone">Of the agreement.</param>
public sealed record TableColumns(ImmutableArray<TableColumn> Columns, DateTimeZone Zone)
{
    /// <summary>Writes codes as names; null leaves codes.</summary>
    public CodeNames? Names { get; init; }

    /// <summary>
    /// The first line of CSV: the names of the columns, behind the byte order mark if it is wanted.
    /// </summary>
    public string Head(bool mark) =>
        $"{(mark ? "\ufeff" : "")}{string.Join(',', Columns.Select(column => CsvAnswer.Cell(column.Name)))}\r\n";

    /// <summary>One row of CSV with its end.</summary>
    public string Line(JsonNode row) => Line(Values(row));

    /// <summary>The same of values; lists are written with semicolons between their items.</summary>
    public static string Line(IEnumerable<object?> values) =>
        $"{string.Join(',', values.Select(value => CsvAnswer.Cell(Text(value))))}\r\n";

    /// <summary>
    /// One for each column: null, text, a number, a truth value, a <see cref="LocalDate"/>, or a list of texts.
    /// </summary>
    public object?[] Values(JsonNode row) => [.. Columns.Select(column => Value(column, At(row, column.Path)))];

    /// <summary>A value as text.</summary>
    public static string Text(object? value) =>
        value switch
        {
            null => "",
            string text => text,
            decimal number => number.ToString(CultureInfo.InvariantCulture),
            bool truth => truth ? "true" : "false",
            LocalDate day => LocalDatePattern.Iso.Format(day),
            IEnumerable<string> list => string.Join("; ", list),
            _ => throw new System.Diagnostics.UnreachableException($"{value.GetType()} is no value of a table."),
        };

    /// <summary>What stands at a path in the JSON of a row.</summary>
    public static JsonNode? At(JsonNode row, string path) =>
        path.Split('/').Aggregate((JsonNode?)row, (node, name) => (node as JsonObject)?[name]);

    private object? Value(TableColumn column, JsonNode? node) =>
        column.Form switch
        {
            ColumnForm.Day => Day(node, Duration.Zero),
            ColumnForm.LastDay => Day(node, Instants.Microsecond),
            ColumnForm.Words => Words(node as JsonObject),
            ColumnForm.Number when node is not null => Number(node.ToString()),
            _ => Plain(node, column.Codes),
        };

    private LocalDate? Day(JsonNode? node, Duration before) =>
        node is not null && Instants.TryParse(node.ToString(), out var instant) ? Zone.DayOf(instant - before) : null;

    private object? Words(JsonObject? byLanguage) =>
        byLanguage is null
            ? null
            : (
                byLanguage[Names?.Language ?? "en"] ?? byLanguage["en"] ?? byLanguage.FirstOrDefault().Value
            )?.ToString();

    private object? Plain(JsonNode? node, CodeList codes) =>
        node switch
        {
            null => null,
            JsonArray list => list.Select(item => Named(item?.ToString() ?? "", codes)).ToImmutableArray(),
            _ => node.GetValueKind() switch
            {
                JsonValueKind.Number => Number(node.ToString()),
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => Named(node.ToString(), codes),
            },
        };

    private static object Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : text;

    private string Named(string text, CodeList codes) => Names is null ? text : Names.Of(codes, text);
}
