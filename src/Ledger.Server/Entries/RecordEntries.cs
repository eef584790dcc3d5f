using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Limits;
using Ledger.Server.Requests;
using Wolverine.Http;

namespace Ledger.Server.Entries;

/// <summary>
/// Many entries at once, a line each; the first may adopt the agreement, so that a whole ledger can be brought in.
/// </summary>
public sealed class RecordEntries(Batch batch)
{
    [WolverinePost("/api/v1/agreements/{id}/entries/batch"), TakesTime, Streams]
    [Permit(Permission.File, Permission.Review, Permission.Respond, Permission.Administer)]
    [Describe(
        "recordEntries",
        "Record many entries of any type",
        Detail = "One `{type, data}` per line in, one result per line out. The first may adopt the agreement, so that a whole ledger can be imported.",
        Takes = ["report_filed", "report_assessed"],
        Form = BodyForm.TypedLines,
        Gives = typeof(BatchResult),
        Media = JsonLines.MediaType
    )]
    public IResult Post(string id, HttpRequest request) => batch.Record(id, request, EventBodies.Typed());
}
