using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Limits;
using Ledger.Server.Requests;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;
using Wolverine.Http;

namespace Ledger.Server.Verdicts;

/// <summary>What was said about one day as the ledger grew.</summary>
public sealed class ShowHistory(QuestionEndpoint questions)
{
    [WolverineGet("/api/v1/agreements/{id}/verdicts/{provision}/history"), TakesTime, TakesQuestion]
    [Permit(Permission.Read)]
    [Describe(
        "showHistory",
        "What the ledger answered about one time as it grew",
        Detail = "Each position at which the answer changed, with the entry that changed it.",
        Gives = typeof(HistoryAnswer),
        Pins = true
    )]
    public Task<IResult> Get(string id, string provision, HttpRequest request) =>
        questions.AnswerAsync(
            id,
            request,
            (book, question) =>
                History.Of(
                    book,
                    provision,
                    question.AsOf,
                    question.KnownAt,
                    question.Lens,
                    request.HttpContext.RequestAborted
                )
        );
}
