using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Reports;

public sealed class FileReport(Recorder recorder)
{
    [WolverinePost("/api/v1/agreements/{id}/reports")]
    public Task<IResult> Post(string id, HttpRequest request) => recorder.RecordAsync("report_filed", id, request);
}
