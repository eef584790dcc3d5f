using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using NodaTime;
using Wolverine.Http;

namespace Ledger.Server.Agreements;

/// <summary>The first entry of a ledger: the agreement file, whole.</summary>
public sealed class AdoptAgreement(Submission submission)
{
    [WolverinePost("/api/v1/agreements"), Takes("entryId", "saidAt")]
    [Permit(Permission.Keep)]
    [Describe(
        "adoptAgreement",
        "Adopt an agreement",
        Detail = "The first entry of a ledger, with the whole agreement file. Send the file itself as YAML with `?entryId=`, or the event as JSON.",
        Takes = ["agreement_adopted"],
        Refuses = [StatusCodes.Status409Conflict],
        Form = BodyForm.PayloadOrYaml,
        Gives = typeof(ReceiptBody)
    )]
    public async Task<IResult> Post(HttpRequest request) =>
        await AgreementBody.ReadAsync("agreement_adopted", request, DateTimeZone.Utc) switch
        {
            Parsed<LedgerEvent>.Good { Value: AgreementAdopted adopted } => await submission.RecordAsync(
                adopted.File["id"]!.GetValue<string>(),
                adopted,
                request.HttpContext
            ),
            Parsed<LedgerEvent>.Bad bad => ErrorAnswer.Of(bad.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
