using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Time;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Limits;
using Ledger.Server.Requests;
using Ledger.Verdicts;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;
using NodaTime;
using NodaTime.Text;
using Wolverine.Http;

namespace Ledger.Server.Incidents;

/// <summary>Every incident in one answer, for maps and lists that filter and replay without asking again.</summary>
public sealed class ListIncidents(CurrentBooks books, QuestionEndpoint questions)
{
    private static readonly string[] Clocks = ["said", "recorded"];

    [WolverineGet("/api/v1/agreements/{id}/incidents"), TakesIncidents]
    [Permit(Permission.Read)]
    [Describe(
        "listIncidents",
        "Every incident that counts",
        Also = [FeatureCollection.MediaType],
        AlsoGives = [typeof(FeatureCollection)],
        Detail = "A summary of all of them in one answer. With `versions`, every version of each and the period in which it was known. With `Accept: application/geo+json`, or at `incidents.geojson`, as GeoJSON.",
        Gives = typeof(IncidentsAnswer)
    )]
    public Task<IResult> Get(string id, HttpRequest request) =>
        AnswerAsync(
            id,
            request,
            (answer, asked, zone) =>
                request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType == FeatureCollection.MediaType)
                    ? AsGeoJson(answer, asked, zone)
                    : new JsonAnswer(answer) { Immutable = asked.IsPinned }
        );

    [WolverineGet("/api/v1/agreements/{id}/incidents.geojson"), TakesIncidents]
    [Permit(Permission.Read)]
    [Describe(
        "listIncidentFeatures",
        "Every incident that counts, as GeoJSON",
        Detail = "An incident without a point has no geometry.",
        Media = FeatureCollection.MediaType,
        Gives = typeof(FeatureCollection)
    )]
    public Task<IResult> GetGeoJson(string id, HttpRequest request) => AnswerAsync(id, request, AsGeoJson);

    [WolverineGet("/api/v1/agreements/{id}/incidents.csv"), TakesIncidentsForTable, TakesTime]
    [Permit(Permission.Read)]
    [Describe(
        "exportIncidents",
        "Every incident that counts, as a table",
        Detail = "For spreadsheets: text that could be mistaken for a formula begins with an apostrophe.",
        Media = CsvAnswer.MediaType
    )]
    public Task<IResult> GetTable(string id, HttpRequest request)
    {
        var query = new QueryReader(request.Query);
        var mark = query.Mark();
        return query.IsWrong
            ? Task.FromResult<IResult>(ErrorAnswer.OfQuery(query.Problems))
            : AnswerAsync(
                id,
                request,
                (answer, _, zone) =>
                    new CsvAnswer(
                        $"{id}-incidents-{answer.Position}",
                        IncidentCsv.Table(zone),
                        answer.Incidents.Select(IncidentCsv.Row),
                        mark
                    )
            );
    }

    private async Task<IResult> AnswerAsync(
        string id,
        HttpRequest request,
        Func<IncidentsAnswer, PinnedQuestion, DateTimeZone, IResult> write
    )
    {
        return await books.OpenAsync(id, request) is { } open
            ? open.Read(book => Answer(book, request, write))
            : ErrorAnswer.NoAgreement(id);
    }

    private IResult Answer(
        Book book,
        HttpRequest request,
        Func<IncidentsAnswer, PinnedQuestion, DateTimeZone, IResult> write
    )
    {
        if (PinnedQuestion.Read(request, book, questions.Now) is not Parsed<PinnedQuestion>.Good { Value: var asked })
            return ErrorAnswer.OfQuery(
                ((Parsed<PinnedQuestion>.Bad)PinnedQuestion.Read(request, book, questions.Now)).Problems
            );

        var query = new QueryReader(request.Query);
        var filters = IncidentFilters.Read(query, book.Reading(asked.Question)).ToList();
        var versions = query.Text("versions");
        if (versions is not null && !Clocks.Contains(versions, StringComparer.Ordinal))
            query.Wrong(
                "versions",
                "query/unknown-word",
                $"There is no clock '{versions}'. Choose said or recorded.{Nearest.Hint(versions, Clocks)}"
            );
        if (query.IsWrong)
            return ErrorAnswer.OfQuery(query.Problems);

        var incidents = versions is null
            ? IncidentList.At(book, asked.Question)
            : IncidentList.Versions(book, asked.Question, versions == "said" ? KnownBy.Said : KnownBy.Recorded);
        var answer = new IncidentsAnswer(
            book.Agreement!.Id,
            asked.Question.KnownAt,
            [.. incidents.Where(incident => filters.TrueForAll(filter => filter(incident)))],
            Pinned(asked, request)
        );
        return write(answer, asked, book.Agreement!.TimeZone);
    }

    private static IResult AsGeoJson(IncidentsAnswer answer, PinnedQuestion asked, DateTimeZone zone) =>
        new JsonAnswer(Features(answer, zone)) { MediaType = FeatureCollection.MediaType, Immutable = asked.IsPinned };

    /// <summary>What narrows the list belongs to its address.</summary>
    private static string Pinned(PinnedQuestion asked, HttpRequest request)
    {
        var narrowed = QueryString.Create(
            request.Query.Where(given =>
                given.Key == "versions" || IncidentFilters.Names.Contains(given.Key, StringComparer.Ordinal)
            )
        );
        return narrowed.HasValue ? $"{asked.Pinned}&{narrowed.Value![1..]}" : asked.Pinned;
    }

    private static JsonObject Features(IncidentsAnswer answer, DateTimeZone zone) =>
        new()
        {
            ["type"] = "FeatureCollection",
            ["features"] = new JsonArray([.. answer.Incidents.Select(incident => Feature(incident, zone))]),
            ["pinned"] = answer.Pinned,
        };

    private static JsonNode Feature(IncidentStanding incident, DateTimeZone zone)
    {
        var properties = JsonSerializer
            .SerializeToNode(incident with { Lat = null, Lon = null }, LedgerJson.Options)!
            .AsObject();
        // For programs that cut or group the instants, which are in UTC.
        properties["firstDay"] = LocalDatePattern.Iso.Format(zone.DayOf(incident.From));
        properties["lastDay"] = LocalDatePattern.Iso.Format(zone.DayOf(incident.Until - Instants.Microsecond));
        return new JsonObject
        {
            ["type"] = "Feature",
            ["id"] = incident.Report.ToString(),
            ["geometry"] = incident is { Lat: { } lat, Lon: { } lon }
                ? new JsonObject { ["type"] = "Point", ["coordinates"] = new JsonArray(lon, lat) }
                : null,
            ["properties"] = properties,
        };
    }

    /// <summary>A full question, and what narrows the list.</summary>
    private sealed class TakesIncidentsAttribute()
        : TakesAttribute(["asOf", .. TakesQuestionAttribute.KnownAndLens, .. IncidentFilters.Names, "versions"]);

    private sealed class TakesIncidentsForTableAttribute()
        : TakesAttribute(["asOf", .. TakesQuestionAttribute.KnownAndLens, .. IncidentFilters.Names, "versions", "bom"]);
}

/// <param name="Pinned">The same for ever.</param>
public sealed record IncidentsAnswer(
    string Agreement,
    long Position,
    ImmutableArray<IncidentStanding> Incidents,
    string Pinned
);
