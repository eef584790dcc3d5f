using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Reports;

/// <summary>A reviewer's finding on a report.</summary>
public sealed class AssessReport(Submission submission)
{
    [WolverinePost("/api/v1/reports/{report}/assessments")]
    [Permit(Permission.Review)]
    [Describe("assessReport", "Assess a report", Takes = ["report_assessed"], Gives = typeof(ReceiptBody))]
    public Task<IResult> Post(string report, HttpRequest request) =>
        submission.RecordAboutAsync(
            report,
            "report_filed",
            request,
            EventBodies.Of("report_assessed", ("target", report))
        );
}
