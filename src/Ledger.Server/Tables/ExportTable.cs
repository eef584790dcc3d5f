using System.Collections.Immutable;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Entries;
using Ledger.Server.Limits;
using Ledger.Server.Requests;
using Ledger.Server.Tables.Formats;
using Ledger.Store.Publishing;
using Ledger.Store.Reading;
using Ledger.Verdicts;
using NodaTime;
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

        var asked = open.Read(book => Ask(book, table, format, request, described));
        if (asked is not Parsed<AskedTable>.Good { Value: var found })
            return ErrorAnswer.OfQuery(((Parsed<AskedTable>.Bad)asked).Problems);
        var root = await log.RootAsync(id, found.About.Position, request.HttpContext.RequestAborted);
        var about = found.About with { Root = root.ToString() };
        return described
            ? new JsonAnswer(TableMetadata.Of(about, found.Columns, name)) { MediaType = TableMetadata.MediaType }
            : new TableAnswer(
                new TableFile(about, found.Columns, RowsOf(id, found, request.HttpContext.RequestAborted), found.Mark),
                format,
                $"{id}-{table.Name}-{about.Position}.{format.Ending}"
            );
    }

    private Parsed<AskedTable> Ask(Book book, Table table, TableFormat format, HttpRequest request, bool described)
    {
        var query = new QueryReader(request.Query);
        string[] taken = [.. table.Takes, "labels", .. format.HasMark ? ["bom"] : Array.Empty<string>()];
        foreach (var name in request.Query.Keys.Except(taken, StringComparer.Ordinal))
            query.Wrong(
                name,
                "query/unknown-parameter",
                $"'{name}' does not change {NameOf(table, format)}. It accepts {string.Join(", ", taken)}."
            );
        var form = table.TakesAsOf ? QuestionForm.Point : QuestionForm.AllTime;
        var read = PinnedQuestion.Read(request, book, questions.Now, form);
        if (query.IsWrong || read is Parsed<PinnedQuestion>.Bad)
            return new Parsed<AskedTable>.Bad([
                .. query.Problems,
                .. read is Parsed<PinnedQuestion>.Bad bad ? bad.Problems : [],
            ]);

        var pinned = ((Parsed<PinnedQuestion>.Good)read).Value;
        var question = pinned.Question;
        var reading = table.TakesAsOf ? book.Reading(question) : book.AgreementAt(question.KnownAt)!;
        var (mark, labels) = (query.Mark(), query.Text("labels"));
        if (labels is not null && !reading.Languages.Contains(labels, StringComparer.Ordinal))
            query.Wrong(
                "labels",
                "query/unknown-word",
                $"'{reading.Id}' has no names in '{labels}'. Choose one of {string.Join(", ", reading.Languages)}."
            );
        if (query.IsWrong)
            return new Parsed<AskedTable>.Bad(query.Problems);

        var columns = new TableColumns(table.Columns(reading), reading.TimeZone)
        {
            Names = labels is null ? null : new CodeNames(reading, labels),
        };
        var about = new TableAbout
        {
            Agreement = reading.Id,
            Table = table.Name,
            Row = table.Row,
            Position = question.KnownAt,
            Root = "",
            Reading = reading.Version,
            TimeZone = reading.TimeZone.Id,
            AsOf = table.TakesAsOf ? question.AsOf : null,
            Lens = table.TakesLens ? Judge.LensOf(book, question) : null,
            Labels = labels,
            Pinned = labels is null ? pinned.Pinned : $"{pinned.Pinned}&labels={labels}",
        };
        // Read at once, so that nobody holds a book while a slow client takes its table.
        ImmutableArray<TableRow> rows =
            described || table.Rows is null
                ? []
                :
                [
                    .. table
                        .Rows(book, question)
                        .Select(row => new TableRow(columns.Values(row), table.Geometry?.Invoke(row))),
                ];
        var count = table.Rows is null ? question.KnownAt : rows.Length;
        if (count > format.MostRows)
        {
            query.Wrong(
                "knownAt",
                "table/too-long",
                $"The table has {count} rows, and {format.Ending} holds at most {format.MostRows}. Choose csv."
            );
            return new Parsed<AskedTable>.Bad(query.Problems);
        }

        return new Parsed<AskedTable>.Good(new AskedTable(about, columns, table.Rows is null ? null : rows, mark));
    }

    /// <summary>The entries of a ledger are never held all at once.</summary>
    private IAsyncEnumerable<TableRow> RowsOf(string id, AskedTable asked, CancellationToken cancellationToken) =>
        asked.Rows?.ToAsyncEnumerable()
        ?? reader
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

    private sealed record AskedTable(TableAbout About, TableColumns Columns, IReadOnlyList<TableRow>? Rows, bool Mark);

    private sealed class TakesTableAttribute()
        : TakesAttribute(["asOf", .. TakesQuestionAttribute.KnownAndLens, "labels", "bom"]);
}
