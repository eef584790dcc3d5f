using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Limits;
using Ledger.Server.Requests;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;
using Wolverine.Http;

namespace Ledger.Server.Verdicts;

/// <summary>What differs between two points.</summary>
public sealed class ShowDiff(QuestionEndpoint questions)
{
    [WolverineGet("/api/v1/agreements/{id}/diff"), TakesTime, TakesTwoPoints]
    [Permit(Permission.Read)]
    [Describe(
        "showDiff",
        "What differs between two points",
        Detail = "From the point of the parameters that start with from, to that of the others: provisions that have changed, and reports added, corrected, reassessed and removed.",
        Gives = typeof(DiffAnswer),
        Pins = true
    )]
    public Task<IResult> Get(string id, HttpRequest request) =>
        questions.CompareAsync(
            id,
            request,
            (book, from, to) => Diff.Between(book, from, to, request.HttpContext.RequestAborted)
        );
}
