using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Verdicts;
using Ledger.Verdicts.Answers;
using Wolverine.Http;

namespace Ledger.Server.Verdicts;

/// <summary>Why one provision stands as it does.</summary>
public sealed class ShowWhy(QuestionEndpoint questions)
{
    [WolverineGet("/api/v1/agreements/{id}/verdicts/{provision}/why"), TakesQuestion]
    [Permit(Permission.Read)]
    [Describe(
        "showWhy",
        "Explain the verdict on a provision",
        Detail = "The clause, the reading, the arithmetic of the deadline, the deciding entries with their authors, and the near misses.",
        Gives = typeof(WhyAnswer),
        Pins = true
    )]
    public Task<IResult> Get(string id, string provision, HttpRequest request) =>
        questions.AnswerAsync(id, request, (book, question) => Why.Explain(book, provision, question));
}
