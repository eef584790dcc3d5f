using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Agreements;

/// <summary>What the parties may do to their provisions: suspend, resume, discharge, extend, terminate.</summary>
public sealed class ExercisePower(Recorder recorder)
{
    [WolverinePost("/api/v1/agreements/{id}/powers")]
    public Task<IResult> Post(string id, HttpRequest request) => recorder.RecordAsync(
        id,
        request,
        EventBodies.Typed("provision_suspended", "provision_resumed", "provision_discharged", "deadline_extended", "agreement_terminated"));
}
