using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Store.Reading;
using Wolverine.Http;

namespace Ledger.Server.Agreements;

/// <summary>A new version of the agreement file: another reading, an amendment, a protocol.</summary>
public sealed class ReviseAgreement(Submission submission, LedgerReader reader)
{
    [WolverinePost("/api/v1/agreements/{id}/versions"), Takes("entryId", "saidAt", "appliesFrom", "reason", "by")]
    [Permit(Permission.Administer)]
    [Describe(
        "reviseAgreement",
        "Record a new version of the agreement file",
        Detail = "Another reading, an amendment, a protocol. Verdicts about earlier days keep the version that applied to them.",
        Takes = ["agreement_revised"],
        Form = BodyForm.PayloadOrYaml,
        Gives = typeof(ReceiptBody)
    )]
    public async Task<IResult> Post(string id, HttpRequest request)
    {
        var cancellation = request.HttpContext.RequestAborted;
        if (await reader.AgreementAsync(id, cancellation) is not { Agreement: var latest })
            return ErrorAnswer.NoAgreement(id);
        return await AgreementBody.ReadAsync("agreement_revised", request, latest.TimeZone) switch
        {
            Parsed<LedgerEvent>.Good good => await submission.RecordAsync(id, good.Value, request.HttpContext),
            Parsed<LedgerEvent>.Bad bad => ErrorAnswer.Of(bad.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
