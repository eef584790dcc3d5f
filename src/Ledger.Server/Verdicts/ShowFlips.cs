using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Limits;
using Ledger.Server.Requests;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;
using Wolverine.Http;

namespace Ledger.Server.Verdicts;

/// <summary>Which reports carry a verdict.</summary>
public sealed class ShowFlips(QuestionEndpoint questions)
{
    [WolverineGet("/api/v1/agreements/{id}/verdicts/{provision}/flips"), TakesTime, TakesQuestion]
    [Permit(Permission.Read)]
    [Describe(
        "showFlips",
        "Reports whose retraction would change the verdict",
        Detail = "Minimal sets of one or two reports.",
        Gives = typeof(FlipsAnswer),
        Pins = true
    )]
    public Task<IResult> Get(string id, string provision, HttpRequest request) =>
        questions.AnswerAsync(
            id,
            request,
            (book, question) => Flips.Of(book, provision, question, request.HttpContext.RequestAborted)
        );
}
