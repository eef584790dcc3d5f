using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;
using Wolverine.Http;

namespace Ledger.Server.Verdicts;

/// <summary>What everybody says, beside what the ledger finds.</summary>
public sealed class ShowWhoSays(QuestionEndpoint questions)
{
    [WolverineGet("/api/v1/agreements/{id}/who-says"), TakesQuestion]
    [Permit(Permission.Read)]
    [Describe(
        "showWhoSays",
        "Who says what about each provision, beside the verdict",
        Gives = typeof(WhoSaysAnswer),
        Pins = true
    )]
    public Task<IResult> Get(string id, HttpRequest request) =>
        questions.AnswerAsync(id, request, (book, question) => WhoSays.Of(book, question));
}
