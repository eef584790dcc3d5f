using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Limits;
using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Reports;

/// <summary>Many reports at once, a line each.</summary>
public sealed class FileReports(Batch batch)
{
    [WolverinePost("/api/v1/agreements/{id}/reports/batch"), TakesTime, Streams]
    [Permit(Permission.File)]
    [Describe(
        "fileReports",
        "File many reports",
        Detail = "One JSON object per line in, one result per line out, in the same order. A refused line does not affect the others. After a line with status 503 send the whole batch again: nothing is recorded twice.",
        Takes = ["report_filed"],
        Form = BodyForm.PayloadLines,
        Gives = typeof(BatchResult),
        Media = JsonLines.MediaType
    )]
    public IResult Post(string id, HttpRequest request) => batch.Record(id, request, EventBodies.Of("report_filed"));
}
