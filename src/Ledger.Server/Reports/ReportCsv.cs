using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Server.Answers;

namespace Ledger.Server.Reports;

/// <summary>Reports as rows. What is sealed is not in them.</summary>
internal static class ReportCsv
{
    private static readonly ImmutableArray<TableColumn> Plain =
    [
        new("report", "report"),
        new("position", "position"),
        new("recorded_at", "recordedAt", ColumnForm.Instant),
        new("recorded_day", "recordedAt", ColumnForm.Day),
        new("said_at", "saidAt", ColumnForm.Instant),
        new("said_day", "saidAt", ColumnForm.Day),
        new("state", "state"),
        new("level", "level"),
        new("kind", "content/kind", Codes: CodeList.Kinds),
        new("occurred_from", "content/occurred/from", ColumnForm.Instant),
        new("occurred_until", "content/occurred/until", ColumnForm.Instant),
        new("first_day", "content/occurred/from", ColumnForm.Day),
        new("last_day", "content/occurred/until", ColumnForm.LastDay),
        new("precision", "content/occurred/precision"),
        new("place", "content/place/name"),
        new("place_code", "content/place/code"),
        new("latitude", "content/place/point/lat", ColumnForm.Number),
        new("longitude", "content/place/point/lon", ColumnForm.Number),
        new("place_precision", "content/place/precision"),
        new("by", "actors/by", Codes: CodeList.Parties),
        new("against", "actors/against", Codes: CodeList.Parties),
        new("observed", "actors/observed", Codes: CodeList.Parties),
        new("subject", "content/subject"),
        new("source_class", "content/source/class"),
        new("source", "content/source/name"),
        new("source_party", "content/source/party", Codes: CodeList.Parties),
        new("reliability", "content/source/reliability"),
        new("credibility", "content/source/credibility"),
        new("summary", "content/summary"),
        new("data_set", "content/origin/dataSet"),
        new("record", "content/origin/record"),
        new("url", "content/origin/url"),
        new("evidence", "content/evidence"),
        new("linked_with", "linkedWith"),
    ];

    /// <summary>Each quantity of the codebook has its low, best and high: they are never merged into one.</summary>
    public static TableColumns Table(Agreement agreement) =>
        new(
            [
                .. Plain,
                .. agreement.Codebook.Quantities.Keys.SelectMany(name =>
                    ((string[])["low", "best", "high"]).Select(part => new TableColumn(
                        $"{name}_{part}",
                        $"content/quantities/{name}/{part}"
                    ))
                ),
            ],
            agreement.TimeZone
        );

    public static JsonNode Row(ReportSummary report)
    {
        var row = JsonSerializer.SerializeToNode(report, LedgerJson.Options)!.AsObject();
        var actors = new JsonObject();
        foreach (var (word, role) in ReportWords.Roles)
            actors[word] = new JsonArray([
                .. report
                    .Content.Actors.Where(actor => actor.Role == role)
                    .Select(actor => JsonValue.Create(actor.Name)),
            ]);
        row["actors"] = actors;
        return row;
    }
}
