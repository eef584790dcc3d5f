using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Agreements;

/// <summary>From when to when, where and how somebody was watching.</summary>
public sealed class RecordCoverage(Submission submission)
{
    [WolverinePost("/api/v1/agreements/{id}/coverage")]
    [Permit(Permission.File, Permission.Review, Permission.Administer)]
    [Describe(
        "recordCoverage",
        "Record coverage: who was monitoring, where and when",
        Takes = ["coverage_recorded"],
        Gives = typeof(ReceiptBody)
    )]
    public Task<IResult> Post(string id, HttpRequest request) =>
        submission.RecordAsync(id, request, EventBodies.Of("coverage_recorded"));
}
