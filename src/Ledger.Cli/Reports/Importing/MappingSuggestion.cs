using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Cli.Terminals;
using NodaTime.Text;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// <c>ledger report mapping suggest FILE</c>: a mapping as far as header and cells show one. What they do not show stands
/// as a comment, and no word of the file is given a meaning.
/// </summary>
public static class MappingSuggestion
{
    private const int MostRows = 10_000;
    private const int MostWords = 50;

    private static readonly LocalDateTimePattern[] Forms =
    [
        .. (
            (string[])
                [
                    "yyyy-MM-dd",
                    "yyyyMMdd",
                    "d/M/yyyy",
                    "M/d/yyyy",
                    "d.M.yyyy",
                    "M.d.yyyy",
                    "d-M-yyyy",
                    "M-d-yyyy",
                    "d MMMM yyyy",
                    "d-MMM-yyyy",
                    "MMMM d, yyyy",
                    "yyyy-MM-dd HH:mm",
                    "yyyy-MM-dd HH:mm:ss",
                    "yyyy-MM-dd'T'HH:mm:ss",
                ]
        ).Select(LocalDateTimePattern.CreateWithInvariantCulture),
    ];

    public static Command Command(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "A table, a workbook or another file of records." };
        var command = new Command(
            "suggest",
            "Print a mapping for a file as far as its header and cells show one, with what they do not show as comments."
        )
        {
            file,
        };
        command.SetAction(parse =>
        {
            var name = parse.GetRequiredValue(file);
            using var source = new SourceFile(terminal.PathOf(name), name, Mapping.OfAnything);
            try
            {
                terminal.Out.Write(Of(Path.GetFileNameWithoutExtension(name), source.Rows().Take(MostRows)));
            }
            catch (SourceException broken)
            {
                throw CommandException.Refused(broken.Message);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <param name="dataSet">What the data set is called until its owner names it.</param>
    /// <param name="rows">The first of the file.</param>
    public static string Of(string dataSet, IEnumerable<SourceRow> rows)
    {
        var columns = new List<Column>();
        var count = 0;
        foreach (var row in rows.Where(row => row.Problem is null))
        {
            if (count++ == 0)
                columns.AddRange(NamesOf(row).Select(column => new Column(column)));
            foreach (var column in columns)
                column.Look(row);
        }

        var (text, used) = (new StringBuilder(), new HashSet<string>(StringComparer.Ordinal));
        text.Append(
            CultureInfo.InvariantCulture,
            $"# Suggested after {count} rows. Lines with a question mark are for you; try it with --dry-run.\n\n"
        );
        text.Append(CultureInfo.InvariantCulture, $"dataSet: {Quoted(dataSet)}\n");
        var record =
            Find(column => column.IsUnique, "id", "no", "code", "number", "key", "uuid", "ref")
            ?? columns.Find(column => column.IsUnique);
        text.Append(
            record is null
                ? "# ? No column names every record once. Put together columns that do: a record is filed again under another name.\nrecord: {text: \"?\"}\n"
                : $"record: {{column: {Use(record)}}}\n"
        );
        text.Append("reports:\n  - report:\n");
        var kind = Find(
            column => column.Words.Count is > 0 and <= MostWords,
            "kind",
            "type",
            "what",
            "event",
            "category"
        );
        text.Append(
            "      # ? What each word means in the agreement's codebook. A row with a word that is not here is refused.\n"
        );
        text.Append(
            kind is null
                ? "      kind: {column: \"?\", words: {}}\n"
                : $"      kind:\n        column: {Use(kind)}\n        words: {{}}\n"
        );
        foreach (
            var (word, times) in kind?.Words.OrderByDescending(word => word.Value)
                ?? Enumerable.Empty<KeyValuePair<string, int>>()
        )
            text.Append(CultureInfo.InvariantCulture, $"        #   {Quoted(word)}: ?  # {times} rows\n");
        Day(
            text,
            Find(column => column.IsDay, "date", "day", "when", "occurred", "start")
                ?? columns.Find(column => column.IsDay)
        );
        Place(text);
        Quantities(text);
        text.Append(
            "      # ? Who says so: own-observation, witness, party, official, organisation, media, open-source or other.\n"
        );
        text.Append(
            Find(_ => true, "source", "said by", "reported by", "reporter") is { } source
                ? $"      source: {{class: other, name: {{column: {Use(source)}}}}}\n"
                : "      source: {class: other}\n"
        );
        if (
            Find(_ => true, "summary", "notes", "note", "description", "comment", "narrative", "headline") is
            { } summary
        )
            text.Append($"      summary: {{column: {Use(summary)}, shorten: 1000}}\n");
        if (
            columns.Where(column => !used.Contains(column.Name)).Select(column => Quoted(column.Name)).ToList()
            is [_, ..] left
        )
            text.Append(CultureInfo.InvariantCulture, $"\n# Not used: {string.Join(", ", left)}\n");
        return text.ToString();

        string Use(Column column)
        {
            used.Add(column.Name);
            return Quoted(column.Name);
        }

        // The names are in order of preference; a name that only has the word in it comes after one that is it.
        Column? Find(Func<Column, bool> fits, params string[] names) =>
            names
                .Select(name => columns.Find(column => fits(column) && !used.Contains(column.Name) && column.Is(name)))
                .Concat(
                    names.Select(name =>
                        columns.Find(column => fits(column) && !used.Contains(column.Name) && column.Has(name))
                    )
                )
                .FirstOrDefault(column => column is not null);

        void Day(StringBuilder into, Column? day)
        {
            if (day is null)
            {
                into.Append("      # ? No column is a day in every row.\n      occurred: {column: \"?\", as: day}\n");
                return;
            }

            var forms = day.Dated ? [] : day.Forms.Select(form => form.PatternText).ToList();
            if (forms.Count > 1)
                into.Append("      # ? Every row can be read in each of these forms. Leave the right one.\n");
            into.Append(
                CultureInfo.InvariantCulture,
                $"      occurred: {{column: {Use(day)}, as: day{(forms is [] ? "" : $", forms: [{string.Join(", ", forms.Select(Quoted))}]")}}}\n"
            );
        }

        void Place(StringBuilder into)
        {
            var (lat, lon) = (
                Find(column => column.IsWithin(90), "latitude", "lat"),
                Find(column => column.IsWithin(180), "longitude", "lon", "lng", "long")
            );
            var point =
                lat is null || lon is null
                    ? columns.Find(column => column.IsPoint && !used.Contains(column.Name))
                    : null;
            var name = Find(
                column => !column.IsNumber,
                "place",
                "town",
                "location",
                "village",
                "city",
                "settlement",
                "site"
            );
            if ((lat is null || lon is null) && point is null && name is null)
                return;
            into.Append("      place:\n");
            if (name is not null)
                into.Append($"        name: {{column: {Use(name)}}}\n");
            if (lat is not null && lon is not null)
                into.Append(
                    $"        point: {{lat: {{column: {Use(lat)}, as: decimal}}, lon: {{column: {Use(lon)}, as: decimal}}}}\n"
                );
            else if (point is not null)
                into.Append(
                    $"        # ? Latitude first, unless you add: order: lon-lat\n        point: {{column: {Use(point)}, as: point}}\n"
                );
            else
                return;
            into.Append(
                "        # ? How exactly the point is known: exact, near, district, region or unknown.\n        precision: unknown\n"
            );
        }

        void Quantities(StringBuilder into)
        {
            var killed = Find(column => column.IsCount, "killed", "deaths", "dead", "fatalities");
            var injured = Find(column => column.IsCount, "injured", "wounded");
            if (killed is null && injured is null)
                return;
            into.Append("      quantities:\n");
            foreach (var (code, column) in new[] { ("killed", killed), ("injured", injured) })
            {
                if (column is not null)
                    into.Append($"        {code}: {{best: {{column: {Use(column)}, as: number}}}}\n");
            }
        }
    }

    private static IEnumerable<string> NamesOf(SourceRow row) =>
        row.Raw.Form.Columns is [_, ..] columns
            ? columns.Where(name => name.Trim().Length > 0).Distinct(StringComparer.Ordinal)
            : Ways(JsonNode.Parse(row.Raw.Text), "").Take(200);

    /// <summary>The ways to the values of a record, with dots.</summary>
    private static IEnumerable<string> Ways(JsonNode? node, string way) =>
        node switch
        {
            JsonObject members => members.SelectMany(member =>
                Ways(member.Value, way.Length == 0 ? member.Key : $"{way}.{member.Key}")
            ),
            JsonArray items => items.SelectMany((item, at) => Ways(item, $"{way}.{at}")),
            _ => [way],
        };

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A JSON string is one of YAML, too.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(text.Trim(), Readable);

    /// <summary>What the rows show of a column.</summary>
    private sealed class Column(string name)
    {
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private readonly List<LocalDateTimePattern> _forms = [.. MappingSuggestion.Forms];
        private int _rows;
        private int _said;
        private bool _isPoint = true;
        private bool _isCount = true;
        private decimal? _largest = 0;

        public string Name => name;

        public Dictionary<string, int> Words { get; } = new(StringComparer.Ordinal);

        public bool Dated { get; private set; }

        public IReadOnlyList<LocalDateTimePattern> Forms => _forms;

        public bool IsUnique => _said > 0 && _said == _rows && _seen.Count == _said;

        public bool IsDay => _said > 0 && (Dated || _forms.Count > 0);

        public bool IsPoint => _said > 0 && _isPoint;

        public bool IsCount => _said > 0 && _isCount;

        public bool IsNumber => _said > 0 && _largest is not null;

        public bool IsWithin(decimal most) => IsNumber && _largest <= most;

        public bool Is(string word) => string.Equals(name.Trim(), word, StringComparison.OrdinalIgnoreCase);

        public bool Has(string word) => name.Contains(word, StringComparison.OrdinalIgnoreCase);

        public void Look(SourceRow row)
        {
            _rows++;
            if (row.Cell(name)?.Trim() is not { Length: > 0 } cell)
                return;
            _said++;
            _seen.Add(cell);
            if (Words.Count <= MostWords || Words.ContainsKey(cell))
                Words[cell] = Words.GetValueOrDefault(cell) + 1;
            if (row.Dated?.Invoke(name) is not null)
                Dated = true;
            else
                _forms.RemoveAll(form => ColumnValue.Written(cell, form) is null);
            _isPoint &=
                Coordinates.Point(ColumnValue.Digits(cell), longitudeFirst: false, decimalComma: false) is not null;
            _isCount &= long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out _);
            _largest =
                _largest is { } largest
                && decimal.TryParse(
                    cell,
                    NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                    ? Math.Max(largest, Math.Abs(number))
                    : null;
        }
    }
}
