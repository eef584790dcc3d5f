using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Server.Agreements;
using Ledger.Server.Answers;
using Ledger.Server.Description;
using Ledger.Server.Entries;
using Ledger.Server.Incidents;
using Ledger.Server.Reports;
using Ledger.Server.Tables.Formats;
using Ledger.Server.Verdicts;
using Ledger.Verdicts;
using Ledger.Verdicts.Analyses;

namespace Ledger.Server.Tables;

/// <summary>One table: its columns, and how its rows follow from the ledger.</summary>
/// <param name="Name">Part of its address.</param>
/// <param name="Row">What a row is.</param>
/// <param name="Takes">The parameters of a question on which it depends.</param>
/// <param name="Columns">In order; the first identifies a row where the table shows places.</param>
public sealed record Table(
    string Name,
    string Row,
    ImmutableArray<string> Takes,
    Func<Agreement, ImmutableArray<TableColumn>> Columns
)
{
    /// <summary>Its rows, each a JSON object; null where they are the entries themselves.</summary>
    public Func<Book, Question, IEnumerable<JsonNode>>? Rows { get; init; }

    /// <summary>Where a row lies, as GeoJSON; null where the table shows no places.</summary>
    public Func<JsonNode, JsonNode?>? Geometry { get; init; }

    public bool TakesAsOf => Takes.Contains("asOf");

    public bool TakesLens => Takes.Length > Position.Length;

    /// <summary>On what was recorded by then, whatever counts.</summary>
    public static readonly ImmutableArray<string> Position = ["knownAt"];

    public static readonly ImmutableArray<string> AllTime = [.. TakesQuestionAttribute.KnownAndLens];

    public static readonly ImmutableArray<string> Point = ["asOf", .. TakesQuestionAttribute.KnownAndLens];
}

/// <summary>Every table that can be downloaded, in every format of <see cref="TableFormats"/>.</summary>
public static class TableList
{
    public static readonly ImmutableArray<Table> All =
    [
        new(
            "reports",
            "A report with its current content",
            Table.Position,
            agreement => ReportCsv.Table(agreement).Columns
        )
        {
            Rows = (book, question) =>
                Register.Reports(book, question.KnownAt).Select(ReportSummary.Of).Select(ReportCsv.Row),
            Geometry = row => At(row, "content/place/point/lon", "content/place/point/lat"),
        },
        new("incidents", "An incident that counts", Table.Point, _ => IncidentCsv.Columns)
        {
            Rows = (book, question) => IncidentList.At(book, question).Select(IncidentCsv.Row),
            Geometry = row => At(row, "lon", "lat"),
        },
        new("verdicts", "A provision with its verdict", Table.Point, _ => ExportVerdicts.Columns)
        {
            Rows = (book, question) => Judge.Status(book, question).Verdicts.Select(Json),
        },
        new(
            "timelines",
            "A stretch of valid time with one verdict on a provision",
            Table.AllTime,
            _ => TimelineRows.Columns
        )
        {
            Rows = TimelineRows.Of,
        },
        new("changes", "A position at which the verdict on a provision changed", Table.Point, _ => ChangeRows.Columns)
        {
            Rows = ChangeRows.Of,
        },
        new("statements", "A statement about compliance with provisions", Table.Position, _ => SaidRows.Statements)
        {
            Rows = (book, question) => SaidRows.Of<StatementRecorded>(book, question.KnownAt),
        },
        new("responses", "A party's response to a report", Table.Position, _ => SaidRows.Responses)
        {
            Rows = (book, question) => SaidRows.Of<PartyResponded>(book, question.KnownAt),
        },
        new(
            "conduct",
            "What incidents of one day and kind say of a party in one role",
            Table.Point,
            _ => ConductRows.Columns
        )
        {
            Rows = ConductRows.Of,
        },
        new(
            "zones",
            "One of the two geometries of a zone, from when it is in force",
            Table.Point,
            _ => ZoneRows.Columns
        )
        {
            Rows = ZoneRows.Of,
            Geometry = row => row["geometry"],
        },
        new("entries", "An entry of the ledger", Table.Position, _ => EntryCsv.Columns),
    ];

    /// <summary>How a row is written before its columns are taken.</summary>
    public static JsonNode Json<T>(T value) => JsonSerializer.SerializeToNode(value, LedgerJson.Options)!;

    private static JsonObject? At(JsonNode row, string lon, string lat) =>
        TableColumns.At(row, lon) is { } x && TableColumns.At(row, lat) is { } y
            ? new JsonObject
            {
                ["type"] = "Point",
                ["coordinates"] = new JsonArray(ShowZones.Number(x), ShowZones.Number(y)),
            }
            : null;
}
