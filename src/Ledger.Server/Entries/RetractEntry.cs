using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Entries;

/// <summary>An earlier entry, of whatever type, no longer counts. May itself be retracted.</summary>
public sealed class RetractEntry(Submission submission)
{
    [WolverinePost("/api/v1/entries/{entry}/retractions")]
    [Permit(Permission.File, Permission.Review, Permission.Respond, Permission.Administer)]
    [Describe(
        "retractEntry",
        "Retract an entry",
        Detail = "It stays in the ledger and no longer counts. A retraction may itself be retracted.",
        Takes = ["entry_retracted"],
        Gives = typeof(ReceiptBody)
    )]
    public Task<IResult> Post(string entry, HttpRequest request) =>
        submission.RecordAboutAsync(entry, null, request, EventBodies.Of("entry_retracted", ("target", entry)));

    [WolverinePost("/api/v1/reports/{report}/retractions")]
    [Permit(Permission.File, Permission.Review, Permission.Administer)]
    [Describe("retractReport", "Retract a report", Takes = ["entry_retracted"], Gives = typeof(ReceiptBody))]
    public Task<IResult> PostOfReport(string report, HttpRequest request) =>
        submission.RecordAboutAsync(
            report,
            "report_filed",
            request,
            EventBodies.Of("entry_retracted", ("target", report))
        );
}
