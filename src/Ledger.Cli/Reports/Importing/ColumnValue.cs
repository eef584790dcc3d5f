using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Cli.Reports.Importing;

/// <summary>What a cell is read as.</summary>
public enum CellForm
{
    Text,
    Number,
    Decimal,
    Day,
    Epoch,
}

/// <summary>The value of one column: <c>{column: event_date, as: day, forms: [d MMMM yyyy]}</c>.</summary>
public sealed record ColumnValue : CellValue
{
    private static readonly FrozenDictionary<string, CellForm> Forms = new Dictionary<string, CellForm>
    {
        ["text"] = CellForm.Text,
        ["number"] = CellForm.Number,
        ["decimal"] = CellForm.Decimal,
        ["day"] = CellForm.Day,
        ["epoch"] = CellForm.Epoch,
    }.ToFrozenDictionary();

    private const int MostParts = 50;

    private static readonly LocalDateTimePattern Iso = LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd");

    public required string Column { get; init; }

    public CellForm Form { get; init; }

    /// <summary>
    /// Ways in which a day is written, tried in order; a time of day that stands behind it is passed over.
    /// </summary>
    public required ImmutableArray<LocalDateTimePattern> Days { get; init; }

    public int PlusDays { get; init; }

    /// <summary>What each cell means; null takes the cell as it is.</summary>
    public FrozenDictionary<string, JsonNode>? Words { get; init; }

    /// <summary>The meaning of cells that are not among the words; null refuses them.</summary>
    public JsonNode? Otherwise { get; init; }

    /// <summary>Stands between several values in one cell; null is one value.</summary>
    public string? Split { get; init; }

    /// <summary>
    /// Characters that are kept of a longer text; null keeps all, and the ledger refuses what is too long for it.
    /// </summary>
    public int? Shorten { get; init; }

    public override IReadOnlyCollection<string> Columns => [Column];

    public static ColumnValue? ReadColumn(InputNode input)
    {
        input.Only("column", "as", "forms", "plusDays", "words", "otherwise", "split", "shorten");
        if (input["column"].Words("the name of a column", 200) is not { } column)
            return null;
        var form = input["as"].Choice(Forms) ?? CellForm.Text;
        foreach (var alone in (string[])["forms", "plusDays"])
        {
            if (input[alone].IsPresent && form != CellForm.Day)
                input[alone].Wrong("mapping/not-a-day", $"'{alone}' belongs to 'as: day'.");
        }

        return new ColumnValue
        {
            Column = column,
            Form = form,
            Days = input["forms"].IsPresent
                ? [.. input["forms"].OneOrMore(10).Select(Pattern).OfType<LocalDateTimePattern>()]
                : [Iso],
            PlusDays = (int)(input["plusDays"].Integer(-366, 366) ?? 0),
            Words = input["words"].IsPresent
                ? input["words"]
                    .Members()
                    .Where(word => Scalar(word.Value) is not null)
                    .ToFrozenDictionary(word => word.Name.Trim(), word => word.Value.Node!, StringComparer.Ordinal)
                : null,
            Otherwise =
                input["otherwise"].IsPresent && Scalar(input["otherwise"]) is not null ? input["otherwise"].Node : null,
            Split = input["split"].Text(10) is { Length: > 0 } split ? split : null,
            Shorten = (int?)input["shorten"].Integer(1, 20_000),
        };
    }

    public override JsonNode? Of(Reading reading, string pointer)
    {
        if (reading.Cell(Column) is not { } cell)
            return null;
        if (Split is null)
            return One(cell, reading, pointer);
        var parts = cell.Split(Split, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > MostParts)
            return Bad(
                reading,
                pointer,
                "import/too-many",
                $"{Column} holds {parts.Length} values; at most {MostParts} are taken."
            );
        return new JsonArray([.. parts.Select(part => One(part, reading, pointer)).Where(node => node is not null)]);
    }

    private JsonNode? One(string cell, Reading reading, string pointer)
    {
        if (Words is { } words)
        {
            if (words.TryGetValue(cell, out var meaning))
                return meaning.DeepClone();
            return Otherwise?.DeepClone()
                ?? Bad(
                    reading,
                    pointer,
                    "import/unknown-word",
                    $"The mapping has no word for '{Shown(cell)}' of {Column}.{Nearest.Hint(cell, words.Keys)}"
                );
        }

        return Form switch
        {
            CellForm.Number => Number(Digits(cell))
                ?? Bad(reading, pointer, "import/not-a-number", $"'{Shown(cell)}' of {Column} is not a whole number."),
            CellForm.Decimal => JsonValue.Create(Digits(cell)),
            CellForm.Day => Day(cell)
                ?? Bad(
                    reading,
                    pointer,
                    "import/not-a-day",
                    $"'{Shown(cell)}' of {Column} is not a day written as {string.Join(" or ", Days.Select(pattern => pattern.PatternText))}."
                ),
            CellForm.Epoch => Epoch(cell)
                ?? Bad(
                    reading,
                    pointer,
                    "import/not-an-instant",
                    $"'{Shown(cell)}' of {Column} is not a number of seconds since 1970."
                ),
            _ => JsonValue.Create(Shorten is { } most && cell.Length > most ? Shortened(cell, most) : cell),
        };
    }

    private static JsonNode? Bad(Reading reading, string pointer, string code, string message)
    {
        reading.Problems.Add(code, pointer, message);
        return null;
    }

    private static string Shown(string cell) => cell.Length <= 80 ? cell : $"{cell[..80]}...";

    private static JsonValue? Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : null;

    private JsonValue? Day(string text)
    {
        var digits = Digits(text);
        foreach (var pattern in Days)
        {
            // A number of days that leads out of the calendar is as little a day as what is not written as one.
            if (pattern.Parse(digits) is { Success: true, Value: { Year: >= 1 and <= 9000 } day })
                return JsonValue.Create(LocalDatePattern.Iso.Format(day.Date.PlusDays(PlusDays)));
        }

        return null;
    }

    private static JsonValue? Epoch(string text) =>
        long.TryParse(Digits(text), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= 7_000_000_000
            ? JsonValue.Create(InstantPattern.General.Format(Instant.FromUnixTimeSeconds(seconds)))
            : null;

    /// <summary>Digits of every script as Latin ones, as everywhere in this ledger.</summary>
    private static string Digits(string text) =>
        text.All(char.IsAscii)
            ? text
            : string.Concat(text.Select(c => char.IsDigit(c) ? (char)('0' + (int)char.GetNumericValue(c)) : c));

    /// <summary>Cut between words where there are any, never within a character, and marked.</summary>
    private static string Shortened(string text, int most)
    {
        var cut = text.LastIndexOf(' ', most - 1) is > 0 and var space && space > most / 2 ? space : most - 1;
        if (char.IsHighSurrogate(text[cut - 1 < 0 ? 0 : cut - 1]))
            cut--;
        return new StringBuilder(text, 0, Math.Max(cut, 0), most + 1).Append('\u2026').ToString();
    }

    private static LocalDateTimePattern? Pattern(InputNode input)
    {
        if (input.Words("how a day is written, such as d MMMM yyyy", 60) is not { } text)
            return null;
        try
        {
            return LocalDateTimePattern.CreateWithInvariantCulture(text);
        }
        catch (InvalidPatternException wrong)
        {
            input.Wrong("mapping/not-a-form", $"'{text}' is no form of a day: {wrong.Message}");
            return null;
        }
    }
}
