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
    private static readonly ImmutableArray<CsvColumn> Columns =
    [
        new("position", "position"),
        new("entry", "entry"),
        new("type", "type"),
        new("recorded_at", "recorded"),
        new("recorded_day", "recorded", CsvForm.Day),
        new("said_at", "data/saidAt"),
        new("said_day", "data/saidAt", CsvForm.Day),
        new("leaf_hash", "hash"),
        new("target", "data/target"),
        new("reports", "data/reports"),
        new("kind", "data/report/kind"),
        new("occurred_from", "data/report/occurred/from"),
        new("occurred_until", "data/report/occurred/until"),
        new("first_day", "data/report/occurred/from", CsvForm.Day),
        new("last_day", "data/report/occurred/until", CsvForm.LastDay),
        new("place", "data/report/place/name"),
        new("source", "data/report/source/name"),
        new("report_summary", "data/report/summary"),
        new("level", "data/level"),
        new("stance", "data/stance"),
        new("party", "data/party"),
        new("provision", "data/provision"),
        new("provisions", "data/provisions"),
        new("zone", "data/zone"),
        new("effective", "data/effective"),
        new("effective_day", "data/effective", CsvForm.Day),
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

    public static CsvTable Table(DateTimeZone zone) => new(Columns, zone);

    public static JsonNode Row(StoredEntry entry)
    {
        var row = JsonNode.Parse(entry.Bytes)!;
        row["hash"] = entry.LeafHash.ToString();
        return row;
    }
}
