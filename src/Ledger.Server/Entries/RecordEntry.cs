using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Entries;

/// <summary>Any entry of an agreement that exists, with its type: what an exported ledger holds.</summary>
public sealed class RecordEntry(Submission submission)
{
    [WolverinePost("/api/v1/agreements/{id}/entries")]
    [Permit(Permission.File, Permission.Review, Permission.Respond, Permission.Administer)]
    [Describe(
        "recordEntry",
        "Record an entry of any type",
        Takes = ["report_filed", "erasure_requested", "erasure_confirmed"],
        Form = BodyForm.Typed,
        Gives = typeof(ReceiptBody)
    )]
    public Task<IResult> Post(string id, HttpRequest request) =>
        submission.RecordAsync(id, request, EventBodies.Typed());
}
