using System.Collections.Immutable;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Store.People;
using Ledger.Store.Reading;
using Ledger.Store.Sealing;
using Wolverine.Http;

namespace Ledger.Server.People;

/// <summary>Who opened which sealed value, when, for what reason.</summary>
public sealed class ShowOpenings(Openings openings, LedgerReader reader)
{
    private const int UsualPage = 1_000;
    private const int LargestPage = 10_000;

    [WolverineGet("/api/v1/agreements/{id}/openings"), Takes("limit")]
    [Permit(Permission.Audit)]
    [Describe(
        "showOpenings",
        "Who opened which sealed value, when and why",
        Detail = "Newest first.",
        Gives = typeof(OpeningsPage)
    )]
    public async Task<IResult> Get(string id, HttpRequest request)
    {
        var query = new QueryReader(request.Query);
        var limit = query.Number("limit", 1, LargestPage) ?? UsualPage;
        if (await reader.SizeAsync(id, request.HttpContext.RequestAborted) == 0)
            return ErrorAnswer.NoAgreement(id);
        return query.IsWrong
            ? ErrorAnswer.OfQuery(query.Problems)
            : new JsonAnswer(
                new OpeningsPage(id, await openings.OfAsync(id, (int)limit, request.HttpContext.RequestAborted))
            );
    }
}

public sealed record OpeningsPage(string Agreement, ImmutableArray<Opening> Openings);
