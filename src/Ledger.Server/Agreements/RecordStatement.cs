using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Agreements;

/// <summary>Somebody says how provisions are being kept.</summary>
public sealed class RecordStatement(Submission submission)
{
    [WolverinePost("/api/v1/agreements/{id}/statements")]
    [Permit(Permission.Review, Permission.Administer)]
    [Describe(
        "recordStatement",
        "Record a statement about compliance with provisions",
        Detail = "It is shown beside verdicts and never affects one, unless its author is the provision's adjudicator.",
        Takes = ["statement_recorded"],
        Gives = typeof(ReceiptBody)
    )]
    public Task<IResult> Post(string id, HttpRequest request) =>
        submission.RecordAsync(id, request, EventBodies.Of("statement_recorded"));
}
