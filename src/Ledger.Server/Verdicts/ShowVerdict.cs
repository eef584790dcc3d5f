using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Verdicts;
using Ledger.Verdicts.Answers;
using Wolverine.Http;

namespace Ledger.Server.Verdicts;

/// <summary>How one provision stands.</summary>
public sealed class ShowVerdict(QuestionEndpoint questions)
{
    [WolverineGet("/api/v1/agreements/{id}/verdicts/{provision}"), TakesQuestion]
    [Permit(Permission.Read)]
    [Describe("showVerdict", "The verdict on one provision", Gives = typeof(VerdictAnswer), Pins = true)]
    public Task<IResult> Get(string id, string provision, HttpRequest request) =>
        questions.AnswerAsync(id, request, (book, question) => Judge.Verdict(book, provision, question));
}
