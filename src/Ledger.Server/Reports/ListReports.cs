using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;
using Ledger.Domain.Reports;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Limits;
using Ledger.Server.Requests;
using Ledger.Verdicts;
using NodaTime;
using Wolverine.Http;

namespace Ledger.Server.Reports;

/// <summary>The reports of an agreement in order of filing, as they stand at a position.</summary>
public sealed class ListReports(CurrentBooks books)
{
    private const long UsualPage = 100;
    private const long LargestPage = 1000;

    /// <summary>
    /// Reports that are looked at for one page. A filter that few of them pass gives a shorter page, and where to go on.
    /// </summary>
    private const int Looked = 20_000;

    private static readonly string[] States = ["live", "refuted", "retracted"];

    private delegate bool Filter(ReportSummary report);

    [
        WolverineGet("/api/v1/agreements/{id}/reports"),
        Takes("after", "limit", "kind", "actor", "from", "until", "level", "state", "knownAt")
    ]
    [Permit(Permission.Read)]
    [Describe(
        "listReports",
        "List reports with their current content",
        Detail = "A page examines at most 20,000 reports: with a filter it may contain fewer reports than `limit`, or none, and still name a `next` page.",
        Gives = typeof(ReportsPage)
    )]
    public async Task<IResult> Get(string id, HttpRequest request)
    {
        return await books.OpenAsync(id, request) is { } open
            ? open.Read(book => Page(id, book, request))
            : ErrorAnswer.NoAgreement(id);
    }

    [
        WolverineGet("/api/v1/agreements/{id}/reports.csv"),
        Takes("kind", "actor", "from", "until", "level", "state", "knownAt", "bom"),
        TakesTime
    ]
    [Permit(Permission.Read)]
    [Describe(
        "exportReports",
        "Reports with their current content, as a table",
        Detail = "For spreadsheets: text that could be mistaken for a formula begins with an apostrophe.",
        Media = CsvAnswer.MediaType
    )]
    public async Task<IResult> GetTable(string id, HttpRequest request)
    {
        return await books.OpenAsync(id, request) is { } open
            ? open.Read(book => Table(id, book, request))
            : ErrorAnswer.NoAgreement(id);
    }

    private static IResult Table(string id, Book book, HttpRequest request)
    {
        var query = new QueryReader(request.Query);
        var knownAt = query.Position("knownAt", book, book.Agreement!.TimeZone) ?? book.Position;
        Filter[] filters = [.. Filters(query, book.Agreement!)];
        var mark = query.Mark();
        if (query.IsWrong)
            return ErrorAnswer.OfQuery(query.Problems);

        var reports = Register
            .Reports(book, knownAt)
            .Select(ReportSummary.Of)
            .Where(report => filters.All(filter => filter(report)));
        return new CsvAnswer(
            $"{id}-reports-{knownAt}",
            ReportCsv.Table(book.Agreement!),
            reports.Select(ReportCsv.Row),
            mark
        );
    }

    private static IResult Page(string id, Book book, HttpRequest request)
    {
        var query = new QueryReader(request.Query);
        var knownAt = query.Position("knownAt", book, book.Agreement!.TimeZone) ?? book.Position;
        var (after, limit) = (
            query.Number("after", 0, long.MaxValue) ?? 0,
            query.Number("limit", 1, LargestPage) ?? UsualPage
        );
        Filter[] filters = [.. Filters(query, book.Agreement!)];
        if (query.IsWrong)
            return ErrorAnswer.OfQuery(query.Problems);

        var (page, last, looked) = (ImmutableArray.CreateBuilder<ReportSummary>(), after, 0);
        string? next = null;
        foreach (var report in Register.Reports(book, knownAt, Math.Min(after, knownAt)).Select(ReportSummary.Of))
        {
            var passes = filters.All(filter => filter(report));
            // One report more than is shown tells that there is a next page.
            if (looked == Looked || (passes && page.Count == limit))
            {
                next = Next(request, last);
                break;
            }

            looked++;
            last = report.Position;
            if (passes)
                page.Add(report);
        }

        return new JsonAnswer(new ReportsPage(id, knownAt, page.ToImmutable(), next))
        {
            Links = next is null ? null : $"<{next}>; rel=\"next\"",
        };
    }

    private static IEnumerable<Filter> Filters(QueryReader query, Agreement agreement)
    {
        if (OneOf(query, "kind", agreement.Codebook.Kinds.Keys) is { } kind)
            yield return report => report.Content.Kind == kind;
        if (query.Text("actor") is { } actor)
            yield return report =>
                report.Content.Actors.Any(named =>
                    string.Equals(named.Name, actor, StringComparison.OrdinalIgnoreCase)
                );
        if (OneOf(query, "level", Levels.All.Keys) is { } level)
            yield return report => report.Level == Levels.All[level];
        if (OneOf(query, "state", States) is { } state)
            yield return report => report.State == state;
        // The first day counts from its start, the last one to its end.
        if (From(query, agreement.TimeZone) is { } from)
            yield return report => report.Content.Occurred.Until > from;
        if (query.Time("until", agreement.TimeZone) is { } until)
            yield return report => report.Content.Occurred.From <= until;
    }

    private static Instant? From(QueryReader query, DateTimeZone zone) =>
        query.Time("from", zone) is not { } end ? null
        : query.Text("from")!.Length == 10 ? zone.AtStartOfDay(end.InZone(zone).Date).ToInstant()
        : end;

    private static string? OneOf(QueryReader query, string name, IEnumerable<string> known)
    {
        var word = query.Text(name);
        if (word is not null && !known.Contains(word, StringComparer.Ordinal))
            query.Wrong(
                name,
                "query/unknown-word",
                $"There is no {name} '{word}'. Choose one of {string.Join(", ", known)}.{Nearest.Hint(word, known)}"
            );
        return word;
    }

    private static string Next(HttpRequest request, long after) =>
        request.Path
        + QueryString.Create(
            request
                .Query.Where(parameter => parameter.Key != "after")
                .SelectMany(
                    parameter => parameter.Value,
                    (parameter, value) => KeyValuePair.Create(parameter.Key, value)
                )
                .Append(
                    KeyValuePair.Create(
                        "after",
                        (string?)after.ToString(System.Globalization.CultureInfo.InvariantCulture)
                    )
                )
        );
}
