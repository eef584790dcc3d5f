using System.Collections.Immutable;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Store.Reading;
using Ledger.Store.Sealing;
using Wolverine.Http;

namespace Ledger.Server.Erasures;

/// <summary>
/// The random handles of an agreement and what each seals: whoever is to be erased is found by an entry of theirs.
/// </summary>
public sealed class ListHandles(Disclosures disclosures, LedgerReader reader)
{
    [WolverineGet("/api/v1/agreements/{id}/handles"), Takes("position")]
    [Permit(Permission.Administer)]
    [Describe(
        "listHandles",
        "Handles under which values are sealed",
        Detail = "Each handle stands for one person's key and does not reveal the person. `state` is open, requested or erased.",
        Gives = typeof(HandlesPage)
    )]
    public async Task<IResult> Get(string id, HttpRequest request)
    {
        var query = new QueryReader(request.Query);
        var position = query.Number("position", 1, long.MaxValue);
        if (query.IsWrong)
            return ErrorAnswer.OfQuery(query.Problems);
        return await reader.SizeAsync(id, request.HttpContext.RequestAborted) == 0
            ? ErrorAnswer.NoAgreement(id)
            : new JsonAnswer(
                new HandlesPage(
                    id,
                    [.. await disclosures.HandlesAsync(id, position, null, request.HttpContext.RequestAborted)]
                )
            );
    }
}

public sealed record HandlesPage(string Agreement, ImmutableArray<HandleSummary> Handles);
