using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Agreements;

/// <summary>The geometry of a zone, and from when it is in force.</summary>
public sealed class DelimitZone(Submission submission)
{
    [WolverinePost("/api/v1/agreements/{id}/zones")]
    [Permit(Permission.Administer)]
    [Describe(
        "delimitZone",
        "Record the delimitation of a zone",
        Takes = ["zone_delimited"],
        Gives = typeof(ReceiptBody)
    )]
    public Task<IResult> Post(string id, HttpRequest request) =>
        submission.RecordAsync(id, request, EventBodies.Of("zone_delimited"));
}
