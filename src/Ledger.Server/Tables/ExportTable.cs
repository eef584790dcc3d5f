using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Entries;
using Ledger.Server.Limits;
using Ledger.Server.Requests;
using Ledger.Server.Tables.Formats;
using Ledger.Store.Publishing;
using Ledger.Store.Reading;
using Wolverine.Http;

namespace Ledger.Server.Tables;

/// <summary>Every table of <see cref="TableList"/> in every format of <see cref="TableFormats"/>.</summary>
public sealed class ExportTable(CurrentBooks books, QuestionEndpoint questions, LedgerReader reader, PublishedLog log)
{
    /// <summary>After the name of a file, the name of the file that describes it (CSV on the Web).</summary>
    private const string Beside = "-metadata.json";

    [WolverineGet("/api/v1/agreements/{id}/tables")]
    [Permit(Permission.Read)]
    [Describe("listTables", "Every table that can be downloaded, and its formats", Gives = typeof(TablesAnswer))]
    public async Task<IResult> List(string id, HttpRequest request)
    {
        return await books.OpenAsync(id, request) is { } open
            ? open.Read(book => new JsonAnswer(
                new TablesAnswer(
                    id,
                    [
                        .. TableList.All.Select(table => new TableDescription(
                            table.Name,
                            table.Row,
                            table.Takes,
                            [.. table.Columns(book.Agreement!).Select(column => column.Name)],
                            [
                                .. FormatsOf(table)
                                    .Select(format => $"/api/v1/agreements/{id}/tables/{NameOf(table, format)}"),
                            ]
                        )),
                    ]
                )
            ))
            : ErrorAnswer.NoAgreement(id);
    }

    [WolverineGet("/api/v1/agreements/{id}/tables/{file}"), TakesTable, TakesTime, Streams]
    [Permit(Permission.Read)]
    [Describe(
        "exportTable",
        "A table in a format: incidents.xlsx, timelines.csv, zones.geojson",
        Detail = "`file` is the name of a table, a dot, and a format. Every file says which position, lens and root it shows: in the fields `Ledger-Position`, `Ledger-Root` and `Ledger-Lens` of the answer, in the file itself where the format has a place for it, and in the file whose name ends with `-metadata.json`. A parameter on which a table does not depend is refused.",
        Media = CsvAnswer.MediaType,
        Also = [
            "application/json",
            FeatureCollection.MediaType,
            TableMetadata.MediaType,
            JsonLines.MediaType,
            Workbook.MediaType,
            KmlFile.MediaType,
        ],
        AlsoGives = [typeof(TableRows), typeof(TableFeatures), typeof(TableMetadata)]
    )]
    public async Task<IResult> Get(string id, string file, HttpRequest request)
    {
        var described = file.EndsWith(Beside, StringComparison.Ordinal);
        var name = described ? file[..^Beside.Length] : file;
        if (
            TableList
                .All.SelectMany(table => FormatsOf(table), (table, format) => (Table: table, Format: format))
                .FirstOrDefault(one => NameOf(one.Table, one.Format) == name)
            is not { Table: { } table, Format: { } format }
        )
            return NoTable(name);
        if (await books.OpenAsync(id, request) is not { } open)
            return ErrorAnswer.NoAgreement(id);

        var query = new QueryReader(request.Query);
        var mark = format.HasMark && query.Mark();
        string[] also = format.HasMark ? ["bom"] : [];
        var asked = open.Read(book =>
            AskedTable.Read(table, book, request, query, questions.Now, also, withRows: !described)
        );
        var count = table.Rows is null ? asked?.About.Position : asked?.Rows.Length;
        if (!described && count > format.MostRows)
            query.Wrong(
                "knownAt",
                "table/too-long",
                $"The table has {count} rows, and {format.Ending} holds at most {format.MostRows}. Choose csv."
            );
        if (asked is null || query.IsWrong)
            return ErrorAnswer.OfQuery(query.Problems);

        var cancellation = request.HttpContext.RequestAborted;
        var root = await log.RootAsync(id, asked.About.Position, cancellation);
        var about = asked.About with
        {
            Root = root.ToString(),
            Pinned = asked.About.Pinned.Replace($"{Beside}?", "?", StringComparison.Ordinal),
        };
        return described
            ? new JsonAnswer(TableMetadata.Of(about, asked.Columns, name)) { MediaType = TableMetadata.MediaType }
            : new TableAnswer(
                new TableFile(about, asked.Columns, RowsOf(id, table, asked, cancellation), mark),
                format,
                $"{id}-{table.Name}-{about.Position}.{format.Ending}"
            );
    }

    /// <summary>The entries of a ledger are never held all at once.</summary>
    private IAsyncEnumerable<TableRow> RowsOf(
        string id,
        Table table,
        AskedTable asked,
        CancellationToken cancellationToken
    ) =>
        table.Rows is not null
            ? asked.Rows.ToAsyncEnumerable()
            : reader
                .EntriesAsync(id, 1, asked.About.Position, null, int.MaxValue, cancellationToken)
                .Select(entry => new TableRow(asked.Columns.Values(EntryCsv.Row(entry)), null));

    private static IEnumerable<TableFormat> FormatsOf(Table table) =>
        TableFormats.All.Where(format => table.Geometry is not null || !format.ShowsPlaces);

    private static string NameOf(Table table, TableFormat format) => $"{table.Name}.{format.Ending}";

    private static ErrorAnswer NoTable(string name) =>
        new(
            StatusCodes.Status404NotFound,
            "table/not-found",
            $"There is no table '{name}'. Choose one of {string.Join(", ", TableList.All.Select(table => $"{table.Name}.{{{string.Join(',', FormatsOf(table).Select(format => format.Ending))}}}"))}."
        );

    private sealed class TakesTableAttribute()
        : TakesAttribute(["asOf", .. TakesQuestionAttribute.KnownAndLens, "labels", "bom"]);
}
