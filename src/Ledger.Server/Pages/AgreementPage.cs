using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;
using Ledger.Domain.Time;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Verdicts;
using Ledger.Verdicts.Answers;
using NodaTime;
using NodaTime.Text;
using Wolverine.Http;

namespace Ledger.Server.Pages;

/// <summary>Every provision of an agreement with its verdict on a day.</summary>
public sealed class AgreementPage(CurrentBooks books, QuestionEndpoint questions)
{
    private const int MostDays = 40;

    [WolverineGet("/plain/{id}"), TakesQuestion]
    [Permit(Permission.Read)]
    public async Task<IResult> Get(string id, HttpRequest request) =>
        await books.OpenAsync(id, request) is { } open
            ? open.Read(book => Answer(book, request))
            : ErrorAnswer.NoAgreement(id);

    private IResult Answer(Book book, HttpRequest request) =>
        PinnedQuestion.Read(request, book, questions.Now) switch
        {
            Parsed<PinnedQuestion>.Good { Value: var asked } => Page(book, asked, request),
            Parsed<PinnedQuestion>.Bad bad => ErrorAnswer.OfQuery(bad.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static HtmlPage Page(Book book, PinnedQuestion asked, HttpRequest request)
    {
        var (reading, status) = (book.Reading(asked.Question), Judge.Status(book, asked.Question));
        var zone = reading.TimeZone;
        var timelines = status.Verdicts.ToDictionary(
            verdict => verdict.Provision,
            verdict => Judge.Timeline(book, verdict.Provision, asked.Question.KnownAt, asked.Question.Lens)!,
            StringComparer.Ordinal
        );
        var changes = timelines
            .Values.SelectMany(timeline => timeline.Intervals)
            .Select(interval => interval.From)
            .OfType<Instant>()
            .Where(at => at >= zone.StartOf(reading.Signed))
            .Distinct()
            .Order()
            .ToImmutableArray();
        var first = zone.StartOf(reading.Signed);
        var last = Instant.Max(changes.LastOrDefault(first), first + Duration.FromDays(1)) + Duration.FromDays(30);
        var strip = new TimelineStrip(first, last, asked.Question.AsOf);
        return new HtmlPage(
            reading.Title.In("en"),
            Html.Of(
                $"""
                <h1>{reading.Title.In("en")}</h1>
                <p class="faint">As of {PageText.Time(
                    asked.Question.AsOf,
                    zone
                )}, known at position {asked.Question.KnownAt} of {book.Position}, by the reading “{status.Reading}”. Days are days of {zone.Id}.</p>
                {Form(asked, request, zone)}
                {Days(changes, zone, request)}
                {Html.Join(
                    status.Verdicts.Select(verdict =>
                        Card(verdict, reading, strip.Of(timelines[verdict.Provision]), asked)
                    )
                )}
                <p class="small faint"><a href="{asked.Pinned}">Permanent link</a> · <a href="/api{asked.Pinned.Replace(
                    "/plain/" + reading.Id,
                    "/v1/agreements/" + reading.Id + "/verdicts",
                    StringComparison.Ordinal
                )}">as JSON</a></p>
                """
            )
        );
    }

    private static Html Form(PinnedQuestion asked, HttpRequest request, DateTimeZone zone) =>
        Html.Of(
            $"""
            <form method="get">
            <label>As of <input type="date" name="asOf" value="{LocalDatePattern.Iso.Format(
                zone.DayOf(asked.Question.AsOf)
            )}"></label>
            <label>Said by <input type="date" name="saidBy" value="{(
                asked.Question.Lens.SaidBy is { } saidBy ? LocalDatePattern.Iso.Format(zone.DayOf(saidBy)) : ""
            )}"></label>
            <label>Known at position <input name="knownAt" inputmode="numeric" size="8" value="{request.Query[
                "knownAt"
            ].ToString()}"></label>
            <label>Lens <input name="lens" size="12" value="{request.Query["lens"].ToString()}"></label>
            <button>Show</button>
            </form>
            """
        );

    private static Html Days(ImmutableArray<Instant> changes, DateTimeZone zone, HttpRequest request)
    {
        var days = changes.Select(zone.DayOf).Distinct().ToArray();
        var kept = request
            .Query.Where(parameter => parameter.Key != "asOf")
            .SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value))
            .ToArray();
        string Link(LocalDate day) =>
            QueryString
                .Create(kept.Prepend(KeyValuePair.Create("asOf", (string?)LocalDatePattern.Iso.Format(day))))
                .Value!;
        return days.Length == 0
            ? Html.Nothing
            : Html.Of(
                $"""
                <p class="small">Days on which a verdict changed: {Html.Join(
                    days.Take(MostDays).Select(day =>
                        Html.Of($"""<a href="{Link(day)}">{LocalDatePattern.Iso.Format(day)}</a> """)
                    )
                )}{(days.Length > MostDays ? "and later" : "")}</p>
                """
            );
    }

    private static Html Card(VerdictAnswer verdict, Agreement reading, Html strip, PinnedQuestion asked)
    {
        var provision = reading.Provision(verdict.Provision)!;
        var query = asked.Pinned[asked.Pinned.IndexOf('?', StringComparison.Ordinal)..];
        return Html.Of(
            $"""
            <section class="card" id="{verdict.Provision}">
            <h3>{(
                verdict.Article is { } article ? $"{article}. " : ""
            )}<a href="/plain/{reading.Id}/{verdict.Provision}{query}">{provision.Title.In("en")}</a></h3>
            <p>{PageText.Of(verdict.Verdict)} <span class="faint">({PageText.Of(verdict.Reason)}{Since(
                verdict,
                reading.TimeZone
            )})</span></p>
            {strip}
            <p class="small faint">{string.Join(' ', RuleInWords.Of(reading, provision))}</p>
            <p class="small">{Bounds(verdict)} <a href="/plain/{reading.Id}/{verdict.Provision}{query}">Why?</a></p>
            </section>
            """
        );
    }

    private static string Since(VerdictAnswer verdict, DateTimeZone zone) =>
        (verdict.Since is { } since ? $", since {PageText.Time(since, zone)}" : "")
        + (verdict.Life is Life.InForce ? "" : $"; {PageText.Of(verdict.Life)}");

    private static Html Bounds(VerdictAnswer verdict) =>
        verdict.Bounds.Settled
            ? Html.Of($"""<span class="faint">Settled: the uncertainty does not affect the verdict.</span>""")
            : Html.Of(
                $"""<strong>Contested:</strong> at best {PageText.Of(verdict.Bounds.Best)}, at worst {PageText.Of(verdict.Bounds.Worst)}; {verdict.Bounds.SeparatedBy.Length} entries{(verdict.Bounds.SeparatedByOmitted is { } between ? $" and {between} more between them" : "")} make the difference."""
            );
}
