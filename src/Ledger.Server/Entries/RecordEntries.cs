using Ledger.Server.Requests;
using Microsoft.AspNetCore.Mvc;
using Wolverine.Http;

namespace Ledger.Server.Entries;

/// <summary>Many entries at once, a line each; the first may adopt the agreement, so that a whole ledger can be brought in.</summary>
public sealed class RecordEntries(Batch batch)
{
    [WolverinePost("/api/v1/agreements/{id}/entries/batch"), RequestSizeLimit(RequestBody.MostOfBatch)]
    public IResult Post(string id, HttpRequest request) => batch.Record(id, request, EventBodies.Typed());
}
