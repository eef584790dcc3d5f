using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Reports;

/// <summary>A claim by one source that something happened.</summary>
public sealed class FileReport(Recorder recorder)
{
    [WolverinePost("/api/v1/agreements/{id}/reports")]
    public Task<IResult> Post(string id, HttpRequest request) => recorder.RecordAsync(id, request, EventBodies.Of("report_filed"));

    [WolverinePut("/api/v1/agreements/{id}/reports/{entry}")]
    public Task<IResult> Put(string id, string entry, HttpRequest request) => recorder.RecordAsync(id, request, EventBodies.Of("report_filed", ("entryId", entry)));
}
