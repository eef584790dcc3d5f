using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Agreements;

/// <summary>What the parties may do to their provisions: suspend, resume, discharge, extend, terminate.</summary>
public sealed class ExercisePower(Submission submission)
{
    [WolverinePost("/api/v1/agreements/{id}/powers")]
    [Permit(Permission.Administer)]
    [Describe(
        "exercisePower",
        "Suspend, resume, discharge, extend or terminate",
        Detail = "The powers of the parties over their provisions, each with the document on which it is based.",
        Takes = [
            "provision_suspended",
            "provision_resumed",
            "provision_discharged",
            "deadline_extended",
            "agreement_terminated",
        ],
        Form = BodyForm.Typed,
        Gives = typeof(ReceiptBody)
    )]
    public Task<IResult> Post(string id, HttpRequest request) =>
        submission.RecordAsync(
            id,
            request,
            EventBodies.Typed(
                "provision_suspended",
                "provision_resumed",
                "provision_discharged",
                "deadline_extended",
                "agreement_terminated"
            )
        );
}
