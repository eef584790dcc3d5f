using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using NodaTime.Text;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// What must be so of a record: <c>{column: cause, is: [Unexploded ordnance]}</c>. A cell that says nothing fulfils no
/// condition but <c>empty</c> and <c>isNot</c>.
/// </summary>
public abstract record RecordCondition
{
    private static readonly FrozenSet<string> Groups = new[] { "all", "any", "not", "point" }.ToFrozenSet();

    private static readonly string[] Tests =
    [
        "is",
        "isNot",
        "contains",
        "beginsWith",
        "empty",
        "atLeast",
        "atMost",
        "from",
        "until",
    ];

    public abstract IReadOnlyCollection<string> Columns { get; }

    public abstract IEnumerable<ColumnValue> Cells { get; }

    public abstract bool Holds(Reading reading, string pointer);

    /// <param name="input">As the mapping writes it.</param>
    /// <param name="also">Names that stand beside it, and are read elsewhere.</param>
    public static RecordCondition? Read(InputNode input, params ReadOnlySpan<string> also)
    {
        if (!input.IsObject)
        {
            input.Wrong("mapping/not-a-condition", "A condition is an object such as {column: type, is: [Weather]}.");
            return null;
        }

        if (Groups.FirstOrDefault(group => input[group].IsPresent) is not { } given)
            return ReadTest(input, also);
        input.Only([given, .. given == "point" ? ["inside", "outside"] : (string[])[], .. also]);
        return given switch
        {
            "not" => Read(input[given]) is { } one ? new None(one) : null,
            "point" => ReadBox(input),
            _ => Several(
                [.. input[given].Items(50).Select(item => Read(item)).OfType<RecordCondition>()],
                given == "all"
            ),
        };
    }

    /// <summary>What the record says in the columns of the condition.</summary>
    public string Shown(Reading reading) =>
        string.Join(
            ", ",
            Columns
                .Distinct(StringComparer.Ordinal)
                .Select(column =>
                    $"{column} {(reading.Cell(column) is { } cell ? $"is {(cell.Length <= 80 ? cell : $"{cell[..80]}...")}" : "says nothing")}"
                )
        );

    public static RecordCondition Says(string column) => new Empty(column, false);

    private static RecordCondition? Several(ImmutableArray<RecordCondition> conditions, bool all) =>
        conditions.IsEmpty ? null
        : all ? new All(conditions)
        : new Any(conditions);

    private static RecordCondition? ReadTest(InputNode input, ReadOnlySpan<string> also)
    {
        if (ColumnValue.ReadColumn(input, hasNext: false, [.. Tests, .. also]) is not { } column)
            return null;
        var conditions = ImmutableArray.CreateBuilder<RecordCondition>();
        foreach (var (test, fits) in Texts)
        {
            if (input[test].IsPresent)
                conditions.Add(new OfText(column.Column, Mapping.Texts(input[test]), fits, test == "isNot"));
        }

        if (input["empty"].Flag() is { } empty)
            conditions.Add(new Empty(column.Column, empty));
        if (input["atLeast"].IsPresent || input["atMost"].IsPresent)
            conditions.Add(new Range(column, Number(input["atLeast"]), Number(input["atMost"])));
        if (input["from"].IsPresent || input["until"].IsPresent)
        {
            if (column.Form is not (CellForm.Day or CellForm.SerialDay))
                input[input["from"].IsPresent ? "from" : "until"]
                    .Wrong("mapping/not-a-day", "'from' and 'until' belong to 'as: day' and 'as: serial-day'.");
            conditions.Add(new Days(column, Day(input["from"]), Day(input["until"])));
        }

        if (conditions.Count == 0)
            input.Wrong("mapping/no-condition", $"Say what must be so of the column: {string.Join(", ", Tests)}.");
        return Several(conditions.ToImmutable(), all: true);
    }

    private static readonly (string Test, Func<string, string, bool> Fits)[] Texts =
    [
        ("is", (cell, text) => string.Equals(cell, text, StringComparison.Ordinal)),
        ("isNot", (cell, text) => string.Equals(cell, text, StringComparison.Ordinal)),
        ("contains", (cell, text) => cell.Contains(text, StringComparison.OrdinalIgnoreCase)),
        ("beginsWith", (cell, text) => cell.StartsWith(text, StringComparison.OrdinalIgnoreCase)),
    ];

    private static Box? ReadBox(InputNode input)
    {
        var (inside, outside) = (input["inside"], input["outside"]);
        if (inside.IsPresent == outside.IsPresent)
            input.Wrong("mapping/not-a-box", "Write one of 'inside' and 'outside', with west, south, east and north.");
        var given = inside.IsPresent ? inside : outside;
        decimal?[] edges = [.. given.Items(4).Select(Number)];
        if (edges is [{ } west, { } south, { } east, { } north] && west < east && south < north)
            return CellValue.Read(input["point"]) is { } point
                ? new Box(point, (west, south, east, north), inside.IsPresent)
                : null;
        given.Wrong("mapping/not-a-box", "A box is [west, south, east, north] in degrees.");
        return null;
    }

    private static decimal? Number(InputNode input)
    {
        if (!input.IsPresent || CellValue.Scalar(input) is not { } text)
            return null;
        if (
            decimal.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
            return number;
        input.Wrong("mapping/not-a-number", $"'{text}' is not a number.");
        return null;
    }

    private static string? Day(InputNode input)
    {
        if (!input.IsPresent || input.Text(20) is not { } text)
            return null;
        if (LocalDatePattern.Iso.Parse(text).Success)
            return text;
        input.Wrong("mapping/not-a-day", $"'{text}' is not a day: write it as 2018-10-10.");
        return null;
    }

    private sealed record All(ImmutableArray<RecordCondition> Conditions) : RecordCondition
    {
        public override IReadOnlyCollection<string> Columns { get; } = [.. Conditions.SelectMany(one => one.Columns)];

        public override IEnumerable<ColumnValue> Cells => Conditions.SelectMany(one => one.Cells);

        public override bool Holds(Reading reading, string pointer) =>
            Conditions.All(condition => condition.Holds(reading, pointer));
    }

    private sealed record Any(ImmutableArray<RecordCondition> Conditions) : RecordCondition
    {
        public override IReadOnlyCollection<string> Columns { get; } = [.. Conditions.SelectMany(one => one.Columns)];

        public override IEnumerable<ColumnValue> Cells => Conditions.SelectMany(one => one.Cells);

        public override bool Holds(Reading reading, string pointer) =>
            Conditions.Any(condition => condition.Holds(reading, pointer));
    }

    private sealed record None(RecordCondition Of) : RecordCondition
    {
        public override IReadOnlyCollection<string> Columns => Of.Columns;

        public override IEnumerable<ColumnValue> Cells => Of.Cells;

        public override bool Holds(Reading reading, string pointer) => !Of.Holds(reading, pointer);
    }

    private sealed record Empty(string Column, bool Wanted) : RecordCondition
    {
        public override IReadOnlyCollection<string> Columns => [Column];

        public override IEnumerable<ColumnValue> Cells => [];

        public override bool Holds(Reading reading, string pointer) => reading.Cell(Column) is null == Wanted;
    }

    private sealed record OfText(
        string Column,
        ImmutableArray<string> Words,
        Func<string, string, bool> Fits,
        bool Negated
    ) : RecordCondition
    {
        public override IReadOnlyCollection<string> Columns => [Column];

        public override IEnumerable<ColumnValue> Cells => [];

        public override bool Holds(Reading reading, string pointer) =>
            (reading.Cell(Column) is { } cell && Words.Any(word => Fits(cell, word))) != Negated;
    }

    private sealed record Range(ColumnValue Column, decimal? Least, decimal? Most) : RecordCondition
    {
        public override IReadOnlyCollection<string> Columns => Column.Columns;

        public override IEnumerable<ColumnValue> Cells => Column.Cells;

        public override bool Holds(Reading reading, string pointer)
        {
            if (Column.Of(reading, pointer) is not { } value)
                return false;
            if (decimal.TryParse(value.ToString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
                return !(number < Least) && !(number > Most);
            reading.Problems.Add("import/not-a-number", pointer, $"'{value}' of {Column.Column} is not a number.");
            return false;
        }
    }

    /// <summary>Days as text, whose order is that of the calendar; the last is excluded.</summary>
    private sealed record Days(ColumnValue Column, string? From, string? Until) : RecordCondition
    {
        public override IReadOnlyCollection<string> Columns => Column.Columns;

        public override IEnumerable<ColumnValue> Cells => Column.Cells;

        public override bool Holds(Reading reading, string pointer) =>
            Column.Of(reading, pointer)?.ToString() is { } day
            && (From is null || string.CompareOrdinal(day, From) >= 0)
            && (Until is null || string.CompareOrdinal(day, Until) < 0);
    }

    private sealed record Box(
        CellValue Point,
        (decimal West, decimal South, decimal East, decimal North) Edges,
        bool Inside
    ) : RecordCondition
    {
        public override IReadOnlyCollection<string> Columns => Point.Columns;

        public override IEnumerable<ColumnValue> Cells => Point.Cells;

        public override bool Holds(Reading reading, string pointer) =>
            Point.Of(reading, pointer) is JsonObject point
            && Degrees(point["lat"]) is { } lat
            && Degrees(point["lon"]) is { } lon
            && (lon >= Edges.West && lon <= Edges.East && lat >= Edges.South && lat <= Edges.North) == Inside;

        private static decimal? Degrees(JsonNode? node) =>
            decimal.TryParse(
                node?.ToString(),
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var degrees
            )
                ? degrees
                : null;
    }
}
