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
    Point,
    Accuracy,
    Degrees,
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
        ["time"] = CellForm.Time,
        ["serial-day"] = CellForm.SerialDay,
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
        ("zone", [CellForm.Time], "'as: time'"),
        ("order", [CellForm.Point], "'as: point'"),
        ("decimalSign", [CellForm.Decimal], "'as: decimal'"),
    ];

    /// <summary>In place of a meaning: the cell says nothing here, and the next value of a 'first' is asked.</summary>
    private const string Next = "NEXT";

    private static readonly LocalDateTimePattern Iso = LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd");

    private static readonly ImmutableArray<LocalDateTimePattern> IsoTimes =
    [
        .. (
            (string[])["yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss"]
        ).Select(LocalDateTimePattern.CreateWithInvariantCulture),
    ];

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

    /// <summary>
    /// Characters that are kept of a longer text; null keeps all, and the ledger refuses what is too long for it.
    /// </summary>
    public int? Shorten { get; init; }

    public override IReadOnlyCollection<string> Columns => [Column];

    public override IEnumerable<ColumnValue> Cells => [this];

    /// <param name="input">As the mapping writes it.</param>
    /// <param name="hasNext">Whether another value of a <c>first</c> follows.</param>
    public static ColumnValue? ReadColumn(InputNode input, bool hasNext)
    {
        input.Only(
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
            "shorten"
        );
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
            Zone = form == CellForm.Time ? ZoneOf(input["zone"]) : null,
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
        return new JsonArray([.. parts.Select(part => One(part, reading, pointer)).Where(node => node is not null)]);
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
            CellForm.SerialDay => SerialDay(cell)
                ?? Bad(
                    reading,
                    pointer,
                    "import/not-a-day",
                    $"'{Shown(cell)}' of {Column} is not the number of a day, as spreadsheets count them from 1900 on."
                ),
            CellForm.Point => Coordinates.Point(Digits(cell), LongitudeFirst)
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

    /// <summary>The first of the forms that reads the text.</summary>
    public LocalDateTime? Written(string text, out LocalDateTimePattern? form)
    {
        var digits = Digits(text);
        foreach (var pattern in Days)
        {
            // A number of days that leads out of the calendar is as little a day as what is not written as one.
            if (pattern.Parse(digits) is not { Success: true, Value: { Year: >= 1 and <= 9000 } read })
                continue;
            form = pattern;
            return read;
        }

        form = null;
        return null;
    }

    private LocalDateTime? Unrefuted(string cell, Reading reading, string pointer, string what)
    {
        if (Written(cell, out var form) is not { } read)
        {
            Bad(
                reading,
                pointer,
                Form == CellForm.Day ? "import/not-a-day" : "import/not-a-time",
                $"'{Shown(cell)}' of {Column} is not a {what} written as "
                    + $"{string.Join(" or ", Days.Select(pattern => pattern.PatternText))}."
            );
            return null;
        }

        if (reading.Refuted.Of(Column, form!) is not { } refutation)
            return read;
        Bad(
            reading,
            pointer,
            "import/form-refuted",
            $"'{Shown(cell)}' of {Column} is not read as {form!.PatternText}: "
                + $"row {refutation.Row} of the same column, '{Shown(refutation.Cell)}', does not fit that form "
                + $"but fits {refutation.Fits}. If the whole column does, change 'forms' in the mapping."
        );
        return null;
    }

    private JsonValue? Day(string cell, Reading reading, string pointer) =>
        Unrefuted(cell, reading, pointer, "day") is { } day
            ? JsonValue.Create(LocalDatePattern.Iso.Format(day.Date.PlusDays(PlusDays)))
            : null;

    private JsonNode? Time(string cell, Reading reading, string pointer)
    {
        // What states its offset needs no zone.
        if (OffsetDateTimePattern.ExtendedIso.Parse(Digits(cell)) is { Success: true, Value: var stated })
            return JsonValue.Create(InstantPattern.ExtendedIso.Format(stated.ToInstant()));
        if (Unrefuted(cell, reading, pointer, "time") is not { } local)
            return null;
        var mapped = Zone!.MapLocal(local);
        return mapped.Count == 1
            ? JsonValue.Create(InstantPattern.ExtendedIso.Format(mapped.Single().ToInstant()))
            : Bad(
                reading,
                pointer,
                "import/no-such-local-time",
                $"'{Shown(cell)}' of {Column} {(mapped.Count == 0 ? "was skipped" : "came twice")} in "
                    + $"{Zone.Id}, when the clocks were changed: write it with its offset."
            );
    }

    /// <summary>
    /// Day 60 of a spreadsheet is 29 February 1900, which never was; what comes before it is counted otherwise.
    /// </summary>
    private JsonValue? SerialDay(string text) =>
        decimal.TryParse(Digits(text), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number is > 60 and < 2_958_466
            ? JsonValue.Create(
                LocalDatePattern.Iso.Format(
                    new LocalDate(1899, 12, 30).PlusDays((int)decimal.Truncate(number) + PlusDays)
                )
            )
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

    private static DateTimeZone? ZoneOf(InputNode input)
    {
        if (input.Words("the time zone whose clocks the column shows, such as Asia/Damascus or UTC", 60) is not { } id)
            return null;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } zone)
            return zone;
        input.Wrong("mapping/not-a-zone", $"There is no time zone '{id}'.");
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
