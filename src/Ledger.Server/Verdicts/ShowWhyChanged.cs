using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Limits;
using Ledger.Server.Requests;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;
using Wolverine.Http;

namespace Ledger.Server.Verdicts;

/// <summary>Which entries turned one answer into another.</summary>
public sealed class ShowWhyChanged(QuestionEndpoint questions)
{
    [WolverineGet("/api/v1/agreements/{id}/verdicts/{provision}/why-changed"), TakesTime, TakesTwoPoints]
    [Permit(Permission.Read)]
    [Describe(
        "showWhyChanged",
        "Which entries changed a verdict between two points",
        Detail = "From the point of the parameters that start with from, to that of the others.",
        Gives = typeof(WhyChangedAnswer),
        Pins = true
    )]
    public Task<IResult> Get(string id, string provision, HttpRequest request) =>
        questions.CompareAsync(
            id,
            request,
            (book, from, to) => WhyChanged.Between(book, provision, from, to, request.HttpContext.RequestAborted)
        );
}
