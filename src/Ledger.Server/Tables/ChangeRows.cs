using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Time;
using Ledger.Server.Answers;
using Ledger.Verdicts;
using Ledger.Verdicts.Analyses;

namespace Ledger.Server.Tables;

/// <summary>What the ledger answered about one valid time as it grew, provision by provision.</summary>
internal static class ChangeRows
{
    public static readonly ImmutableArray<TableColumn> Columns =
    [
        new("provision", "provision"),
        new("article", "article"),
        new("title", "title", ColumnForm.Words),
        new("position", "position"),
        new("recorded_at", "recordedAt", ColumnForm.Instant),
        new("recorded_day", "recordedAt", ColumnForm.Day),
        new("was", "was"),
        new("verdict", "standing/verdict"),
        new("life", "standing/life"),
        new("reason", "standing/reason"),
        new("since", "standing/since", ColumnForm.Instant),
        new("since_day", "standing/since", ColumnForm.Day),
        new("best", "standing/best"),
        new("worst", "standing/worst"),
        new("violations", "standing/counts/violations"),
        new("reading", "standing/reading"),
        new("entry", "entry/entry"),
        new("entry_type", "entry/type"),
    ];

    public static IEnumerable<JsonNode> Of(Book book, Question question)
    {
        foreach (var provision in TimelineRows.Provisions(book, question.KnownAt))
        {
            JsonNode? was = null;
            var history = History.Of(book, provision.Id, question.AsOf, question.KnownAt, question.Lens);
            foreach (var step in history?.Steps ?? [])
            {
                var row = TableList.Json(step).AsObject().About(provision);
                row["recordedAt"] = book.Entries[(int)step.Position - 1].RecordedAt.ToText();
                row["was"] = was?.DeepClone();
                was = row["standing"]?["verdict"];
                yield return row;
            }
        }
    }
}
