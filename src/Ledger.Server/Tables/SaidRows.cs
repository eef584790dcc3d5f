using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Domain.Time;
using Ledger.Server.Answers;
using Ledger.Verdicts;

namespace Ledger.Server.Tables;

/// <summary>What parties and others said, also what was retracted, in order of recording.</summary>
internal static class SaidRows
{
    private static readonly ImmutableArray<TableColumn> Recorded =
    [
        new("entry", "entry"),
        new("position", "position"),
        new("recorded_at", "recordedAt", ColumnForm.Instant),
        new("recorded_day", "recordedAt", ColumnForm.Day),
        new("said_at", "saidAt", ColumnForm.Instant),
        new("said_day", "saidAt", ColumnForm.Day),
        new("live", "live"),
    ];

    public static readonly ImmutableArray<TableColumn> Statements =
    [
        .. Recorded,
        new("provisions", "provisions"),
        new("by", "by"),
        new("party", "party", Codes: CodeList.Parties),
        new("stance", "stance"),
        new("since", "since", ColumnForm.Instant),
        new("since_day", "since", ColumnForm.Day),
        new("adjudicator", "adjudicator"),
        new("summary", "summary"),
        new("url", "origin/url"),
    ];

    public static readonly ImmutableArray<TableColumn> Responses =
    [
        .. Recorded,
        new("report", "target"),
        new("party", "party", Codes: CodeList.Parties),
        new("stance", "stance"),
        new("words", "words"),
        new("url", "origin/url"),
    ];

    public static IEnumerable<JsonNode> Of<T>(Book book, long knownAt)
        where T : LedgerEvent =>
        Register
            .OfType<T>(book, knownAt)
            .Select(said =>
            {
                var row = TableList.Json((T)said.Entry.Event).AsObject();
                row["entry"] = said.Entry.Id.ToString();
                row["position"] = said.Entry.Position;
                row["recordedAt"] = said.Entry.RecordedAt.ToText();
                row["saidAt"] = said.Entry.SaidAt.ToText();
                row["live"] = said.Live;
                return row;
            });
}
