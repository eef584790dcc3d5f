using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Limits;
using Ledger.Server.Requests;
using Ledger.Verdicts;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;
using NodaTime;
using Wolverine.Http;

namespace Ledger.Server.Verdicts;

/// <summary>How every provision stood on each day by what was known on that day.</summary>
public sealed class ShowKnownThen(CurrentBooks books, QuestionEndpoint questions)
{
    private const int MostDays = 4000;

    private static readonly string[] Clocks = ["said", "recorded"];

    [WolverineGet("/api/v1/agreements/{id}/known-then"), TakesTime, TakesKnownThen]
    [Permit(Permission.Read)]
    [Describe(
        "showKnownThen",
        "The verdict on every provision on each day, by what was known that day",
        Detail = "`by` states the meaning of known: what had been said, or what this ledger held. The timeline shows what is known now; where the two differ, something became known later.",
        Gives = typeof(KnownThenAnswer)
    )]
    public async Task<IResult> Get(string id, HttpRequest request)
    {
        return await books.OpenAsync(id, request) is { } open
            ? open.Read(book => Answer(book, request))
            : ErrorAnswer.NoAgreement(id);
    }

    private IResult Answer(Book book, HttpRequest request)
    {
        if (
            PinnedQuestion.Read(request, book, questions.Now, QuestionForm.AllTime)
            is not Parsed<PinnedQuestion>.Good { Value: var asked }
        )
            return ErrorAnswer.OfQuery(
                (
                    (Parsed<PinnedQuestion>.Bad)PinnedQuestion.Read(request, book, questions.Now, QuestionForm.AllTime)
                ).Problems
            );

        var query = new QueryReader(request.Query);
        var agreement = book.AgreementAt(asked.Question.KnownAt)!;
        var by = query.Text("by") ?? "said";
        if (!Clocks.Contains(by, StringComparer.Ordinal))
            query.Wrong(
                "by",
                "query/unknown-word",
                $"There is no clock '{by}'. Choose said or recorded.{Nearest.Hint(by, Clocks)}"
            );
        var first = Day(query, "from", agreement.TimeZone) ?? agreement.Signed;
        var last = Day(query, "until", agreement.TimeZone) ?? first.PlusDays(365);
        if (!query.IsWrong && (last < first || Period.DaysBetween(first, last) > MostDays))
            query.Wrong(
                "until",
                "query/too-many-days",
                $"Ask for 1 to {MostDays} days; from {first:uuuu-MM-dd} until {last:uuuu-MM-dd} it is {Period.DaysBetween(first, last) + 1}."
            );
        return query.IsWrong
            ? ErrorAnswer.OfQuery(query.Problems)
            : new JsonAnswer(
                KnownThen.Of(
                    book,
                    asked.Question,
                    by == "said" ? KnownBy.Said : KnownBy.Recorded,
                    first,
                    last,
                    request.HttpContext.RequestAborted
                )
            )
            {
                Immutable = asked.IsPinned && query.Text("from") is not null && query.Text("until") is not null,
            };
    }

    private static LocalDate? Day(QueryReader query, string name, DateTimeZone zone) =>
        query.Time(name, zone)?.InZone(zone).Date;

    private sealed class TakesKnownThenAttribute()
        : TakesAttribute([.. TakesQuestionAttribute.KnownAndLens, "by", "from", "until"]);
}
