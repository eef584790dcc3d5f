using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Server.Answers;
using Ledger.Verdicts;

namespace Ledger.Server.Tables;

/// <summary>How every provision stood over all valid time.</summary>
internal static class TimelineRows
{
    public static readonly ImmutableArray<TableColumn> Columns =
    [
        new("provision", "provision"),
        new("article", "article"),
        new("title", "title", ColumnForm.Words),
        new("from", "from", ColumnForm.Instant),
        new("first_day", "from", ColumnForm.Day),
        new("until", "until", ColumnForm.Instant),
        new("last_day", "until", ColumnForm.LastDay),
        new("life", "life"),
        new("verdict", "verdict"),
        new("reason", "reason"),
        new("reading", "reading"),
        new("decided_by", "entries"),
    ];

    public static IEnumerable<JsonNode> Of(Book book, Question question) =>
        from provision in Provisions(book, question.KnownAt)
        let timeline = Judge.Timeline(book, provision.Id, question.KnownAt, question.Lens)
        where timeline is not null
        from interval in timeline.Intervals
        select Row(provision, interval);

    /// <summary>Of every version that is known, also of one that no longer holds it: as the latest has it.</summary>
    public static IEnumerable<Provision> Provisions(Book book, long knownAt)
    {
        var versions = book.Versions(knownAt).ToArray();
        return versions
            .SelectMany(version => version.Provisions.Select(provision => provision.Id))
            .Distinct(StringComparer.Ordinal)
            .Select(id =>
                versions.Reverse().Select(version => version.Provision(id)).First(provision => provision is not null)!
            );
    }

    /// <summary>What identifies a provision in a row about it.</summary>
    public static JsonObject About(this JsonObject row, Provision provision)
    {
        row["provision"] = provision.Id;
        row["article"] = provision.Article;
        row["title"] = TableList.Json(provision.Title.ByLanguage);
        return row;
    }

    private static JsonObject Row(Provision provision, Ledger.Verdicts.Answers.TimelineInterval interval)
    {
        var row = TableList.Json(interval).AsObject().About(provision);
        row["entries"] = new JsonArray([
            .. interval
                .DecidedBy.Select(deciding => (JsonNode)deciding.Entry.ToString())
                .DistinctBy(id => id.ToString()),
        ]);
        return row;
    }
}
