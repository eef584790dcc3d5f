using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Verdicts;
using Wolverine.Http;

namespace Ledger.Server.Verdicts;

/// <summary>How every provision stands.</summary>
public sealed class ShowVerdicts(Asker asker)
{
    [WolverineGet("/api/v1/agreements/{id}/verdicts"), TakesQuestion]
    public Task<IResult> Get(string id, HttpRequest request) => asker.AnswerAsync(id, request, Judge.Status);
}
