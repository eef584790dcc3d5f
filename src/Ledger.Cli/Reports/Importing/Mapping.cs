using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// How the records of a data set become reports. A mapping is data: it says which column goes where and which word
/// means which, and can compute nothing else.
/// </summary>
public sealed record Mapping
{
    /// <summary>The data set, as the origin of every report names it.</summary>
    public required string DataSet { get; init; }

    /// <summary>What names a record within its data set, so that it is never filed twice.</summary>
    public required CellValue Record { get; init; }

    /// <summary>Of files without a byte order mark; null is UTF-8.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Whether control characters are read as the letters that Windows-1252 has in their places.</summary>
    public bool RepairsWindows1252 { get; init; }

    /// <summary>Of a workbook; null is the one that has the columns.</summary>
    public string? Sheet { get; init; }

    /// <summary>Texts that a data set writes where it says nothing. An empty cell says nothing anyway.</summary>
    public required ImmutableArray<string> Blank { get; init; }

    /// <summary>Columns that a file need not have.</summary>
    public required ImmutableArray<string> Optional { get; init; }

    public required ImmutableArray<LeftOut> LeaveOut { get; init; }

    public required ImmutableArray<MappedReport> Reports { get; init; }

    /// <summary>Reads any file, and makes nothing of it.</summary>
    public static Mapping OfAnything { get; } =
        new()
        {
            DataSet = "",
            Record = new TextValue([]),
            Blank = [],
            Optional = [],
            LeaveOut = [],
            Reports = [],
        };

    /// <summary>Columns without which a file is not of this kind.</summary>
    public IReadOnlyCollection<string> Needed =>
        [
            .. Record
                .Columns.Concat(LeaveOut.SelectMany(rule => rule.Where.Columns))
                .Concat(Reports.SelectMany(report => report.Columns))
                .Except(Optional, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    public IEnumerable<ColumnValue> Cells =>
        [
            .. Record.Cells,
            .. LeaveOut.SelectMany(rule => rule.Where.Cells),
            .. Reports.SelectMany(report =>
                report.Report.Cells.Concat(report.SaidAt?.Cells ?? []).Concat(report.When?.Cells ?? [])
            ),
        ];

    /// <summary>Without the space around it, and repaired where the mapping says so.</summary>
    public string? Cell(SourceRow row, string column) =>
        row.Cell(column)?.Trim() is { } text
            ? RepairsWindows1252
                ? Windows1252.Repaired(text)
                : text
            : null;

    /// <summary>Every problem has its line and column.</summary>
    public static Parsed<Mapping> Parse(string text) =>
        YamlTree
            .Parse(text)
            .Then<Mapping>(tree =>
            {
                var problems = new Problems(tree.PlaceOf);
                var mapping = Read(new InputNode(tree.Root, "", problems));
                return mapping is null || problems.Any
                    ? new Parsed<Mapping>.Bad(problems.ToImmutable())
                    : new Parsed<Mapping>.Good(mapping);
            });

    private static Mapping? Read(InputNode file)
    {
        if (!file.IsObject)
        {
            file.Wrong("mapping/not-an-object", "A mapping is a list of names and values, beginning with 'dataSet:'.");
            return null;
        }

        file.Only(
            "about",
            "dataSet",
            "record",
            "encoding",
            "repair",
            "sheet",
            "blank",
            "optional",
            "leaveOut",
            "reports"
        );
        file["about"].Text();
        var dataSet = file["dataSet"].Words("the name of the data set, as the origin of its reports", 200);
        var record = file["record"].Required("the column that names a record, such as {column: id}")
            ? CellValue.Read(file["record"])
            : null;
        file["reports"].Required("a list of reports that are made of one record, each with 'report'");
        var reports = file["reports"].Items(20).Select(MappedReport.Read).OfType<MappedReport>().ToImmutableArray();
        if (
            file["reports"].IsList
            && reports.GroupBy(report => report.Name, StringComparer.Ordinal).Any(same => same.Count() > 1)
        )
            file["reports"]
                .Wrong(
                    "mapping/same-name",
                    "Where a record makes several reports, each needs a 'name' of its own: "
                        + "it is a part of the report's id."
                );
        if (record is { Columns.Count: 0 })
            file["record"]
                .Wrong(
                    "mapping/no-column",
                    "What names a record must come from a column; a fixed text would be the same for all."
                );
        var encoding = file["encoding"].IsPresent ? SourceText.EncodingOf(file["encoding"]) : null;
        var repairs = file["repair"].Choice(Windows1252.Repairs) ?? false;
        return dataSet is null || record is null || reports is []
            ? null
            : new Mapping
            {
                DataSet = dataSet,
                Encoding = encoding,
                RepairsWindows1252 = repairs,
                Sheet = file["sheet"].IsPresent ? file["sheet"].Words("the name of a sheet", 100) : null,
                Record = record,
                Blank = Texts(file["blank"]),
                Optional = Texts(file["optional"]),
                LeaveOut = [.. file["leaveOut"].Items(100).Select(LeftOut.Read).OfType<LeftOut>()],
                Reports = reports,
            };
    }

    internal static ImmutableArray<string> Texts(InputNode input) =>
        [.. input.OneOrMore().Select(CellValue.Scalar).OfType<string>()];
}

/// <summary>One report that is made of a record.</summary>
/// <param name="Name">Tells it from the others of the same record; null where there is one.</param>
/// <param name="When">The report is made only where this holds.</param>
/// <param name="SaidAt">When it was said; null is the time of recording.</param>
public sealed record MappedReport(string? Name, RecordCondition? When, CellValue? SaidAt, CellValue Report)
{
    public IEnumerable<string> Columns => Report.Columns.Concat(SaidAt?.Columns ?? []).Concat(When?.Columns ?? []);

    /// <summary>The columns of which it has what stands under a pointer.</summary>
    public IReadOnlyCollection<string> ColumnsOf(string pointer) =>
        pointer.StartsWith("/report/", StringComparison.Ordinal) ? Report.ColumnsOf(pointer["/report".Length..])
        : pointer == "/saidAt" ? SaidAt?.Columns ?? []
        : [];

    /// <summary>Whether it takes from columns how exactly a place is known.</summary>
    public bool StatesPrecision => Report.Within("place")?.Within("precision") is not null;

    public static MappedReport? Read(InputNode input)
    {
        input.Only("name", "when", "saidAt", "report");
        if (
            !input.IsObject
            || !input["report"].Required("the report as the interface takes it, with columns in place of values")
        )
            return null;
        var name = input["name"].IsPresent ? input["name"].RequiredCode("a short name") : null;
        var when =
            input["when"].IsObject ? RecordCondition.Read(input["when"])
            : input["when"].IsPresent && input["when"].Words("a column or a condition", 200) is { } column
                ? RecordCondition.Says(column)
            : null;
        var said = input["saidAt"].IsPresent ? CellValue.Read(input["saidAt"]) : null;
        input["report"]
            .Only(
                "kind",
                "occurred",
                "place",
                "actors",
                "subject",
                "quantities",
                "attributes",
                "source",
                "summary",
                "narrative",
                "origin",
                "level"
            );
        return CellValue.Read(input["report"]) is { } report ? new MappedReport(name, when, said, report) : null;
    }
}

/// <summary>Records that are knowingly not filed, and why.</summary>
public sealed record LeftOut(RecordCondition Where, string Because)
{
    public static LeftOut? Read(InputNode input)
    {
        var where = RecordCondition.Read(input, "because");
        var because = input["because"].Words("why such records are not filed", 300);
        return where is null || because is null ? null : new LeftOut(where, because);
    }
}
