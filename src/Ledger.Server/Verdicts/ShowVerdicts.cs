using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Verdicts;
using Ledger.Verdicts.Answers;
using Wolverine.Http;

namespace Ledger.Server.Verdicts;

/// <summary>How every provision stands.</summary>
public sealed class ShowVerdicts(QuestionEndpoint questions)
{
    [WolverineGet("/api/v1/agreements/{id}/verdicts"), TakesQuestion]
    [Permit(Permission.Read)]
    [Describe(
        "showVerdicts",
        "The verdict on every provision",
        Detail = "The answer names the position it used and its permanent address, `pinned`.",
        Gives = typeof(StatusAnswer),
        Pins = true
    )]
    public Task<IResult> Get(string id, HttpRequest request) =>
        questions.AnswerAsync(
            id,
            request,
            (book, question) => Judge.Status(book, question, request.HttpContext.RequestAborted)
        );
}
