using Ledger.Server.Answers;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Reports;

/// <summary>A file held beside the ledger that belongs to a report, by its digest.</summary>
public sealed class AttachEvidence(Recorder recorder)
{
    [WolverinePost("/api/v1/reports/{report}/evidence")]
    [Describe("attachEvidence", "Attach a file's digest to a report", Takes = ["evidence_attached"], Gives = typeof(ReceiptBody))]
    public Task<IResult> Post(string report, HttpRequest request) => recorder.RecordAboutAsync(report, "report_filed", request, EventBodies.Of("evidence_attached", ("target", report)));
}
