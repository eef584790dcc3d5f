using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Reports;

/// <summary>These reports speak of one incident.</summary>
public sealed class LinkReports(Submission submission)
{
    [WolverinePost("/api/v1/agreements/{id}/links")]
    [Permit(Permission.Review)]
    [Describe(
        "linkReports",
        "Record that reports describe one incident",
        Takes = ["reports_linked"],
        Gives = typeof(ReceiptBody)
    )]
    public Task<IResult> Post(string id, HttpRequest request) =>
        submission.RecordAsync(id, request, EventBodies.Of("reports_linked"));

    [WolverinePost("/api/v1/reports/{report}/links")]
    [Permit(Permission.Review)]
    [Describe(
        "linkReport",
        "Link a report with others",
        Detail = "The body lists all of them, including this one.",
        Takes = ["reports_linked"],
        Gives = typeof(ReceiptBody)
    )]
    public Task<IResult> PostAbout(string report, HttpRequest request) =>
        submission.RecordAboutAsync(report, "report_filed", request, EventBodies.Of("reports_linked"));
}
