using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Server.Answers;
using Ledger.Store.Reading;
using NodaTime;

namespace Ledger.Server.Entries;

/// <summary>
/// Entries as rows: who said what about what. The whole of an entry, as it was hashed, is in its bytes alone.
/// </summary>
internal static class EntryCsv
{
    public static readonly ImmutableArray<TableColumn> Columns =
    [
        new("position", "position"),
        new("entry", "entry"),
        new("type", "type"),
        new("recorded_at", "recorded", ColumnForm.Instant),
        new("recorded_day", "recorded", ColumnForm.Day),
        new("said_at", "data/saidAt", ColumnForm.Instant),
        new("said_day", "data/saidAt", ColumnForm.Day),
        new("leaf_hash", "hash"),
        new("target", "data/target"),
        new("reports", "data/reports"),
        new("kind", "data/report/kind", Codes: CodeList.Kinds),
        new("occurred_from", "data/report/occurred/from", ColumnForm.Instant),
        new("occurred_until", "data/report/occurred/until", ColumnForm.Instant),
        new("first_day", "data/report/occurred/from", ColumnForm.Day),
        new("last_day", "data/report/occurred/until", ColumnForm.LastDay),
        new("place", "data/report/place/name"),
        new("source", "data/report/source/name"),
        new("report_summary", "data/report/summary"),
        new("level", "data/level"),
        new("stance", "data/stance"),
        new("party", "data/party", Codes: CodeList.Parties),
        new("provision", "data/provision"),
        new("provisions", "data/provisions"),
        new("zone", "data/zone", Codes: CodeList.Zones),
        new("effective", "data/effective", ColumnForm.Instant),
        new("effective_day", "data/effective", ColumnForm.Day),
        new("applies_from", "data/appliesFrom"),
        new("by", "data/by"),
        new("grounds", "data/grounds"),
        new("reason", "data/reason"),
        new("basis", "data/basis"),
        new("words", "data/words"),
        new("summary", "data/summary"),
        new("evidence_sha256", "data/sha256"),
        new("url", "data/report/origin/url"),
    ];

    public static TableColumns Table(DateTimeZone zone) => new(Columns, zone);

    public static JsonNode Row(StoredEntry entry)
    {
        var row = JsonNode.Parse(entry.Bytes)!;
        row["hash"] = entry.LeafHash.ToString();
        return row;
    }
}
