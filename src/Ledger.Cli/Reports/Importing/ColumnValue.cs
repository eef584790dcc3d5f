using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Cli.Terminals;
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
    Time,
    SerialDay,
    SerialTime,
    Point,
    Accuracy,
    Degrees,
}

/// <summary>The value of one column: <c>{column: event_date, as: day, forms: [d MMMM yyyy]}</c>.</summary>
public sealed partial record ColumnValue : CellValue
{
    private static readonly FrozenDictionary<string, CellForm> Forms = new Dictionary<string, CellForm>
    {
        ["text"] = CellForm.Text,
        ["number"] = CellForm.Number,
        ["decimal"] = CellForm.Decimal,
        ["day"] = CellForm.Day,
        ["epoch"] = CellForm.Epoch,
        ["time"] = CellForm.Time,
        ["serial-day"] = CellForm.SerialDay,
        ["serial-time"] = CellForm.SerialTime,
        ["point"] = CellForm.Point,
        ["accuracy"] = CellForm.Accuracy,
        ["degrees"] = CellForm.Degrees,
    }.ToFrozenDictionary();

    private const int MostParts = 50;

    private static readonly FrozenDictionary<string, bool> Orders = new Dictionary<string, bool>
    {
        ["lat-lon"] = false,
        ["lon-lat"] = true,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, bool> DecimalSigns = new Dictionary<string, bool>
    {
        ["."] = false,
        [","] = true,
    }.ToFrozenDictionary();

    /// <summary>The options that belong to some forms only, and to which.</summary>
    private static readonly (string Option, CellForm[] Forms, string Said)[] OptionsOfForms =
    [
        ("forms", [CellForm.Day, CellForm.Time], "'as: day' and 'as: time'"),
        ("plusDays", [CellForm.Day, CellForm.SerialDay], "'as: day' and 'as: serial-day'"),
        ("zone", [CellForm.Time, CellForm.SerialTime], "'as: time' and 'as: serial-time'"),
        ("order", [CellForm.Point], "'as: point'"),
        ("decimalSign", [CellForm.Decimal, CellForm.Point], "'as: decimal' and 'as: point'"),
    ];

    /// <summary>In place of a meaning: the cell says nothing here, and the next value of a 'first' is asked.</summary>
    private const string Next = "NEXT";

    public required string Column { get; init; }

    public CellForm Form { get; init; }

    /// <summary>
    /// Ways in which a day is written, tried in order; a time of day that stands behind it is passed over.
    /// </summary>
    public required ImmutableArray<LocalDateTimePattern> Days { get; init; }

    public int PlusDays { get; init; }

    /// <summary>Whose clocks showed a time that is written without an offset.</summary>
    public DateTimeZone? Zone { get; init; }

    public bool LongitudeFirst { get; init; }

    public bool DecimalComma { get; init; }

    /// <summary>What each cell means; null takes the cell as it is.</summary>
    public FrozenDictionary<string, JsonNode>? Words { get; init; }

    /// <summary>The meaning of cells that are not among the words; null refuses them.</summary>
    public JsonNode? Otherwise { get; init; }

    /// <summary>Whether a cell that is not among the words is left to the next value of a <c>first</c>.</summary>
    public bool FallsThrough { get; init; }

    /// <summary>Stands between several values in one cell; null is one value.</summary>
    public string? Split { get; init; }

    /// <summary>Which of several values in one cell, from 1; null takes all of them, as a list.</summary>
    public int? Part { get; init; }

    /// <summary>
    /// Characters that are kept of a longer text; null keeps all, and the ledger refuses what is too long for it.
    /// </summary>
    public int? Shorten { get; init; }

    public override IReadOnlyCollection<string> Columns => [Column];

    public override IEnumerable<ColumnValue> Cells => [this];

    /// <summary>The names that a column may have in a mapping.</summary>
    private static readonly string[] Names =
    [
        "column",
        "as",
        "forms",
        "plusDays",
        "zone",
        "order",
        "decimalSign",
        "words",
        "otherwise",
        "split",
        "part",
        "shorten",
    ];

    /// <param name="input">As the mapping writes it.</param>
    /// <param name="hasNext">Whether another value of a <c>first</c> follows.</param>
    /// <param name="also">Names that stand beside those of the column, and are read elsewhere.</param>
    public static ColumnValue? ReadColumn(InputNode input, bool hasNext, params ReadOnlySpan<string> also)
    {
        input.Only([.. Names, .. also]);
        if (input["column"].Words("the name of a column", 200) is not { } column)
            return null;
        var form = input["as"].Choice(Forms) ?? CellForm.Text;
        foreach (var (option, forms, said) in OptionsOfForms)
        {
            if (input[option].IsPresent && !forms.Contains(form))
                input[option]
                    .Wrong(
                        option is "forms" or "plusDays" ? "mapping/not-a-day" : "mapping/not-of-this-form",
                        $"'{option}' belongs to {said}."
                    );
        }

        var fallsThrough = input["otherwise"].Node is JsonValue other && other.ToString() == Next;
        if (fallsThrough && !hasNext)
            input["otherwise"]
                .Wrong(
                    "mapping/nothing-next",
                    $"'{Next}' passes to the next value of a 'first', but there is none here."
                );
        return new ColumnValue
        {
            Column = column,
            Form = form,
            Days =
                input["forms"].IsPresent
                    ? [.. input["forms"].OneOrMore(10).Select(Pattern).OfType<LocalDateTimePattern>()]
                : form == CellForm.Time ? IsoTimes
                : [Iso],
            PlusDays = (int)(input["plusDays"].Integer(-366, 366) ?? 0),
            Zone = form is CellForm.Time or CellForm.SerialTime ? ZoneOf(input["zone"]) : null,
            LongitudeFirst = input["order"].Choice(Orders) ?? false,
            DecimalComma = input["decimalSign"].Choice(DecimalSigns) ?? false,
            FallsThrough = fallsThrough,
            Words = input["words"].IsPresent
                ? input["words"]
                    .Members()
                    .Where(word => Scalar(word.Value) is not null)
                    .ToFrozenDictionary(word => word.Name.Trim(), word => word.Value.Node!, StringComparer.Ordinal)
                : null,
            Otherwise =
                !fallsThrough && input["otherwise"].IsPresent && Scalar(input["otherwise"]) is not null
                    ? input["otherwise"].Node
                    : null,
            Split = input["split"].Text(10) is { Length: > 0 } split ? split : null,
            Part = PartOf(input),
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
                $"{Column} holds {parts.Length} values; at most {MostParts} are accepted."
            );
        if (Part is { } number)
            return number <= parts.Length ? One(parts[number - 1], reading, pointer) : null;
        return new JsonArray([.. parts.Select(part => One(part, reading, pointer)).Where(node => node is not null)]);
    }

    private static int? PartOf(InputNode input)
    {
        if (input["part"].IsPresent && !input["split"].IsPresent)
            input["part"].Wrong("mapping/no-split", "'part' needs 'split': which text stands between the parts?");
        return (int?)input["part"].Integer(1, MostParts);
    }

    private JsonNode? One(string cell, Reading reading, string pointer)
    {
        if (Words is { } words)
        {
            if (words.TryGetValue(cell, out var meaning))
                return meaning.DeepClone();
            if (FallsThrough)
                return null;
            return Otherwise?.DeepClone()
                ?? Bad(
                    reading,
                    pointer,
                    "import/unknown-word",
                    $"The mapping has no entry for '{Shown(cell)}' of {Column}.{Nearest.Hint(cell, words.Keys)}"
                );
        }

        return Form switch
        {
            CellForm.Number => Number(Digits(cell))
                ?? Bad(reading, pointer, "import/not-a-number", $"'{Shown(cell)}' of {Column} is not a whole number."),
            CellForm.Decimal => Decimal(Digits(cell))
                ?? Bad(
                    reading,
                    pointer,
                    "import/not-a-decimal",
                    $"'{Shown(cell)}' of {Column} is not a number with a decimal comma."
                ),
            CellForm.Day => Day(cell, reading, pointer),
            CellForm.Time => Time(cell, reading, pointer),
            CellForm.SerialDay => SerialDay(cell, reading, pointer),
            CellForm.SerialTime => SerialTime(cell, reading, pointer),
            CellForm.Point => Coordinates.Point(Digits(cell), LongitudeFirst, DecimalComma)
                ?? Bad(
                    reading,
                    pointer,
                    "import/not-a-point",
                    $"'{Shown(cell)}' of {Column} is not a point such as '35.6 36.5', '35.6, 36.5' or "
                        + "'35.6 36.5 310 4.5'."
                ),
            CellForm.Accuracy => Coordinates.Accuracy(Digits(cell)),
            CellForm.Degrees => Coordinates.Degrees(Digits(cell))
                ?? Bad(
                    reading,
                    pointer,
                    "import/not-degrees",
                    $"'{Shown(cell)}' of {Column} is not degrees and minutes such as 35°36'49\"N."
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

    private JsonValue? Decimal(string text)
    {
        if (!DecimalComma)
            return JsonValue.Create(text);
        var digits = text.TrimStart('+', '-');
        return
            digits.Length > 0 && digits.All(c => char.IsAsciiDigit(c) || c == ',') && digits.Count(c => c == ',') <= 1
            ? JsonValue.Create(text.Replace(',', '.'))
            : null;
    }

    /// <summary>Digits of every script as Latin ones, as everywhere in this ledger.</summary>
    internal static string Digits(string text) =>
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
}
