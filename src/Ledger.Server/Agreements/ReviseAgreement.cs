using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Store.Writing;
using Wolverine.Http;

namespace Ledger.Server.Agreements;

/// <summary>A new version of the agreement file: another reading, an amendment, a protocol.</summary>
public sealed class ReviseAgreement(LedgerWriters writers, Ledgers ledgers)
{
    [WolverinePost("/api/v1/agreements/{id}/versions"), Takes("entryId", "saidAt", "appliesFrom", "reason", "by")]
    public async Task<IResult> Post(string id, HttpRequest request)
    {
        var cancellation = request.HttpContext.RequestAborted;
        if (await ledgers.ZoneAsync(id, cancellation) is not { } zone)
            return ErrorAnswer.NoAgreement(id);
        return await AgreementBody.ReadAsync("agreement_revised", request, zone) switch
        {
            Parsed<LedgerEvent>.Good good => (await writers.WriteAsync(id, good.Value, cancellation)).ToHttp(),
            Parsed<LedgerEvent>.Bad bad => ErrorAnswer.Of(bad.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
