using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Agreements;

/// <summary>Somebody says how provisions are being kept.</summary>
public sealed class RecordStatement(Recorder recorder)
{
    [WolverinePost("/api/v1/agreements/{id}/statements")]
    public Task<IResult> Post(string id, HttpRequest request) => recorder.RecordAsync(id, request, EventBodies.Of("statement_recorded"));
}
