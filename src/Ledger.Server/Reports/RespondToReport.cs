using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Reports;

/// <summary>A party admits, denies, justifies or disputes a report.</summary>
public sealed class RespondToReport(Submission submission)
{
    [WolverinePost("/api/v1/reports/{report}/responses")]
    [Permit(Permission.Respond)]
    [Describe(
        "respondToReport",
        "Record a party's response to a report",
        Takes = ["party_responded"],
        Gives = typeof(ReceiptBody)
    )]
    public Task<IResult> Post(string report, HttpRequest request) =>
        submission.RecordAboutAsync(
            report,
            "report_filed",
            request,
            EventBodies.Of("party_responded", ("target", report))
        );
}
