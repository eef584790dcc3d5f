using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Reports;

/// <summary>The same report with new content, and why.</summary>
public sealed class CorrectReport(Submission submission)
{
    [WolverinePost("/api/v1/reports/{report}/corrections")]
    [Permit(Permission.File)]
    [Describe(
        "correctReport",
        "Correct a report",
        Detail = "The same report with new content. Both contents stay in the ledger.",
        Takes = ["report_corrected"],
        Gives = typeof(ReceiptBody)
    )]
    public Task<IResult> Post(string report, HttpRequest request) =>
        submission.RecordAboutAsync(
            report,
            "report_filed",
            request,
            EventBodies.Of("report_corrected", ("target", report))
        );
}
