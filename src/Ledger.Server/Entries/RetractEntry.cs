using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Entries;

/// <summary>An earlier entry, of whatever type, no longer counts. May itself be retracted.</summary>
public sealed class RetractEntry(Recorder recorder)
{
    [WolverinePost("/api/v1/entries/{entry}/retractions")]
    public Task<IResult> Post(string entry, HttpRequest request) => recorder.RecordAboutAsync(entry, null, request, EventBodies.Of("entry_retracted", ("target", entry)));

    [WolverinePost("/api/v1/reports/{report}/retractions")]
    public Task<IResult> PostOfReport(string report, HttpRequest request) => recorder.RecordAboutAsync(report, "report_filed", request, EventBodies.Of("entry_retracted", ("target", report)));
}
