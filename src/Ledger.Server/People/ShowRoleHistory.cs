using System.Text.Json.Nodes;
using Ledger.Server.Answers;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Store.People;
using Ledger.Store.Reading;
using Wolverine.Http;

namespace Ledger.Server.People;

/// <summary>Who had which role when.</summary>
public sealed class ShowRoleHistory(PeopleRegister people, LedgerReader reader)
{
    private const int UsualPage = 1_000;
    private const int LargestPage = 10_000;

    [WolverineGet("/api/v1/agreements/{id}/roles"), Takes("limit")]
    [Describe(
        "showRoleHistory",
        "Who had which role when",
        Detail = "Those of every agreement among them. The newest first; `until` is null where somebody has the role now."
    )]
    public async Task<IResult> Get(string id, HttpRequest request)
    {
        var query = new QueryReader(request.Query);
        var limit = query.Number("limit", 1, LargestPage) ?? UsualPage;
        if (await reader.SizeAsync(id, request.HttpContext.RequestAborted) == 0)
            return ErrorAnswer.NoAgreement(id);
        if (query.IsWrong)
            return ErrorAnswer.OfQuery(query.Problems);
        var held = await people.HistoryAsync(id, (int)limit, request.HttpContext.RequestAborted);
        return new JsonAnswer(
            new JsonObject
            {
                ["agreement"] = id,
                ["roles"] = new JsonArray([.. held.Select(role => (JsonNode)Of(role))]),
            }
        );
    }

    private static JsonObject Of(RoleHeld held)
    {
        var json = new JsonObject { ["person"] = held.Person, ["name"] = held.Name };
        foreach (var (name, value) in PersonJson.Write(held.Membership))
            json[name] = value?.DeepClone();
        json["from"] = PersonJson.Write(held.From);
        json["until"] = PersonJson.Write(held.Until);
        json["givenBy"] = held.GivenBy;
        json["takenBy"] = held.TakenBy;
        return json;
    }
}
