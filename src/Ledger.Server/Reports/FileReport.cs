using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Reports;

/// <summary>A claim by one source that something happened.</summary>
public sealed class FileReport(Submission submission)
{
    [WolverinePost("/api/v1/agreements/{id}/reports")]
    [Permit(Permission.File)]
    [Describe(
        "fileReport",
        "File a report",
        Detail = "A claim by one source that something happened. You generate the `entryId` (a UUIDv7): sending the same report again, any number of times, records it once and returns the same receipt.",
        Takes = ["report_filed"],
        Gives = typeof(ReceiptBody)
    )]
    public Task<IResult> Post(string id, HttpRequest request) =>
        submission.RecordAsync(id, request, EventBodies.Of("report_filed"));

    [WolverinePut("/api/v1/agreements/{id}/reports/{entry}")]
    [Permit(Permission.File)]
    [Describe(
        "putReport",
        "File a report under an id",
        Detail = "The same as filing it by POST.",
        Takes = ["report_filed"],
        Gives = typeof(ReceiptBody)
    )]
    public Task<IResult> Put(string id, string entry, HttpRequest request) =>
        submission.RecordAsync(id, request, EventBodies.Of("report_filed", ("entryId", entry)));
}
