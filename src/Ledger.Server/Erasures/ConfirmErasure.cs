using Ledger.Domain.Entries;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Store.Reading;
using Wolverine.Http;

namespace Ledger.Server.Erasures;

/// <summary>Destroys the key of a handle. There is no way back.</summary>
public sealed class ConfirmErasure(Submission submission, LedgerReader reader)
{
    [WolverinePost("/api/v1/erasures/{entry}/confirmations")]
    [Permit(Permission.Administer)]
    [Describe(
        "confirmErasure",
        "Confirm an erasure, for ever",
        Detail = "Destroys the key and the sealed values of the handle that the request names. Nobody can undo it. Every proof stays valid. `target` and `handle` follow from the address.",
        Takes = ["erasure_confirmed"],
        Gives = typeof(ReceiptBody)
    )]
    public async Task<IResult> Post(string entry, HttpRequest request) =>
        Guid.TryParseExact(entry, "D", out var id)
        && (await reader.EntryAsync(id, request.HttpContext.RequestAborted))?.Entry.Event is ErasureRequested requested
            ? await submission.RecordAboutAsync(
                entry,
                "erasure_requested",
                request,
                EventBodies.Of("erasure_confirmed", ("target", entry), ("handle", requested.Handle.ToString("D")))
            )
            : ErrorAnswer.NoEntry($"request for erasure {entry}");
}
