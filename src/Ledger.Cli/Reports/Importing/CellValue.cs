using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;

namespace Ledger.Cli.Reports.Importing;

/// <summary>A value of a report in a mapping: fixed, or taken from a record.</summary>
public abstract record CellValue
{
    /// <summary>Columns that it reads.</summary>
    public abstract IReadOnlyCollection<string> Columns { get; }

    /// <summary>The columns in it, with what is read in them.</summary>
    public abstract IEnumerable<ColumnValue> Cells { get; }

    /// <summary>
    /// The value for one record; null where the record says nothing. What cannot be taken is noted with the place in
    /// the report.
    /// </summary>
    public abstract JsonNode? Of(Reading reading, string pointer);

    /// <summary>The value under a name or number within it; null where there is none.</summary>
    public virtual CellValue? Within(string part) => null;

    /// <summary>The columns of which the value under a pointer is made.</summary>
    public IReadOnlyCollection<string> ColumnsOf(string pointer)
    {
        var at = this;
        foreach (var part in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at.Within(part) is not { } within)
                break;
            at = within;
        }

        return at.Columns;
    }

    public static CellValue? Read(InputNode input) => Read(input, hasNext: false);

    private static CellValue? Read(InputNode input, bool hasNext)
    {
        if (input.IsList)
            return new Items([.. input.Items(100).Select(Read).OfType<CellValue>()]);
        if (!input.IsObject)
            return Scalar(input) is null ? null : new Fixed(input.Node!);
        return input["column"].IsPresent ? ColumnValue.ReadColumn(input, hasNext)
            : input["text"].IsPresent ? TextValue.ReadText(input)
            : input["first"].IsPresent ? ReadFirst(input)
            : input["if"].IsPresent ? ReadWhere(input)
            : new Members([
                .. input
                    .Members()
                    .Select(member => (member.Name, Value: Read(member.Value)))
                    .Where(member => member.Value is not null)
                    .Select(member => KeyValuePair.Create(member.Name, member.Value!)),
            ]);
    }

    /// <summary>A single value as text.</summary>
    public static string? Scalar(InputNode input)
    {
        if (
            input.Node is JsonValue value
            && value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
        )
            return value.ToJsonString();
        if (!input.IsPresent)
            input.Wrong("mapping/no-value", "The value is empty: write one, or leave the name out.");
        return input.Text();
    }

    private static Where? ReadWhere(InputNode input)
    {
        input.Only("if", "then");
        var condition = RecordCondition.Read(input["if"]);
        return
            input["then"].Required("the value where the condition holds")
            && Read(input["then"]) is { } value
            && condition is not null
            ? new Where(condition, value)
            : null;
    }

    private static First? ReadFirst(InputNode input)
    {
        input.Only("first");
        var values = input["first"].Items(20).ToList();
        return new First([
            .. values.Select((value, at) => Read(value, hasNext: at < values.Count - 1)).OfType<CellValue>(),
        ]);
    }

    private sealed record Fixed(JsonNode Value) : CellValue
    {
        public override IReadOnlyCollection<string> Columns => [];

        public override IEnumerable<ColumnValue> Cells => [];

        public override JsonNode? Of(Reading reading, string pointer) => Value.DeepClone();
    }

    /// <summary>
    /// An object. Where every column in it says nothing, there is no object: an actor without a name is none.
    /// </summary>
    private sealed record Members(ImmutableArray<KeyValuePair<string, CellValue>> Values) : CellValue
    {
        public override IReadOnlyCollection<string> Columns { get; } =
        [.. Values.SelectMany(member => member.Value.Columns)];

        public override IEnumerable<ColumnValue> Cells => Values.SelectMany(member => member.Value.Cells);

        public override CellValue? Within(string part) => Values.FirstOrDefault(member => member.Key == part).Value;

        public override JsonNode? Of(Reading reading, string pointer)
        {
            var (made, said) = (new JsonObject(), Columns.Count == 0);
            foreach (var (name, value) in Values)
            {
                if (value.Of(reading, $"{pointer}/{name}") is not { } node)
                    continue;
                made[name] = node;
                said |= value.Columns.Count > 0;
            }

            return said ? made : null;
        }
    }

    private sealed record Items(ImmutableArray<CellValue> Values) : CellValue
    {
        public override IReadOnlyCollection<string> Columns { get; } = [.. Values.SelectMany(value => value.Columns)];

        public override IEnumerable<ColumnValue> Cells => Values.SelectMany(value => value.Cells);

        public override JsonNode? Of(Reading reading, string pointer)
        {
            // A cell may hold several values; they stand beside the others.
            JsonNode?[] made =
            [
                .. Values
                    .SelectMany(value =>
                        value.Of(reading, pointer) switch
                        {
                            JsonArray several => several.Select(one => one?.DeepClone()),
                            JsonObject item => Each(item, reading, pointer),
                            var node => [node],
                        }
                    )
                    .Where(node => node is not null),
            ];
            return made is [] ? null : new JsonArray(made);
        }

        /// <summary>An object with several values under one name, as a cell holds them, is as many objects.</summary>
        private static IEnumerable<JsonNode?> Each(JsonObject item, Reading reading, string pointer)
        {
            var lists = item.Select(member => member.Value).OfType<JsonArray>().ToList();
            if (lists is [])
                return [item];
            if (lists.Exists(list => list.Count != lists[0].Count))
            {
                reading.Problems.Add(
                    "import/unequal-lists",
                    pointer,
                    $"Cells that belong together hold {string.Join(" and ", lists.Select(list => list.Count))} values."
                );
                return [];
            }

            return Enumerable
                .Range(0, lists[0].Count)
                .Select(at => new JsonObject(
                    item.Select(member =>
                        KeyValuePair.Create(
                            member.Key,
                            (member.Value is JsonArray list ? list[at] : member.Value)?.DeepClone()
                        )
                    )
                ));
        }
    }

    /// <summary>A value where a condition holds, else nothing.</summary>
    private sealed record Where(RecordCondition Condition, CellValue Value) : CellValue
    {
        public override IReadOnlyCollection<string> Columns { get; } = [.. Condition.Columns, .. Value.Columns];

        public override IEnumerable<ColumnValue> Cells => Condition.Cells.Concat(Value.Cells);

        public override JsonNode? Of(Reading reading, string pointer) =>
            Condition.Holds(reading, pointer) ? Value.Of(reading, pointer) : null;
    }

    private sealed record First(ImmutableArray<CellValue> Values) : CellValue
    {
        public override IReadOnlyCollection<string> Columns { get; } = [.. Values.SelectMany(value => value.Columns)];

        public override IEnumerable<ColumnValue> Cells => Values.SelectMany(value => value.Cells);

        public override JsonNode? Of(Reading reading, string pointer) =>
            Values.Select(value => value.Of(reading, pointer)).FirstOrDefault(node => node is not null);
    }
}

/// <summary>A record that is being read, and what is wrong with it.</summary>
public sealed record Reading(SourceRow Row, Mapping Mapping, RefutedForms Refuted, Problems Problems)
{
    /// <summary>Without the space around it; null where the column says nothing.</summary>
    public string? Cell(string column) =>
        Mapping.Cell(Row, column) is { Length: > 0 } text && !Mapping.Blank.Contains(text, StringComparer.Ordinal)
            ? text
            : null;
}
