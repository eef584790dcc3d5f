using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;
using Wolverine.Http;

namespace Ledger.Server.Verdicts;

/// <summary>What lies ahead.</summary>
public sealed class ShowNext(QuestionEndpoint questions)
{
    [WolverineGet("/api/v1/agreements/{id}/next"), TakesQuestion]
    [Permit(Permission.Read)]
    [Describe("showNext", "Deadlines ahead and what each still requires", Gives = typeof(NextAnswer), Pins = true)]
    public Task<IResult> Get(string id, HttpRequest request) => questions.AnswerAsync(id, request, Next.Of);
}
