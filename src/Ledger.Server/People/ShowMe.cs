using System.Text.Json.Nodes;
using Ledger.Server.Answers;
using Ledger.Server.Description;
using Ledger.Server.Hosting;
using Ledger.Store.People;
using Wolverine.Http;

namespace Ledger.Server.People;

/// <summary>Who the server takes the caller for, what they may do, and how others come in.</summary>
public sealed class ShowMe(ServerSettings settings)
{
    [WolverineGet("/api/v1/me")]
    [Describe(
        "showMe",
        "Who you are here and what you may do",
        Detail = "Answers everybody; `person` is null for whoever is not signed in. A page sends the `csrf` header with every request that changes something."
    )]
    public IResult Get(HttpRequest request) => new JsonAnswer(Of(request.HttpContext.Caller()));

    public JsonObject Of(Caller? caller) =>
        new()
        {
            ["person"] = caller is null ? null : new JsonObject { ["id"] = caller.Person, ["name"] = caller.Name },
            ["by"] = caller?.Kind.ToString().ToLowerInvariant(),
            ["how"] = caller?.How,
            ["device"] = caller?.Device,
            ["expiresAt"] = caller is null ? null : PersonJson.Write(caller.ExpiresAt),
            ["memberships"] = PersonJson.Write(caller?.Memberships ?? []),
            ["permissions"] = PermissionsOf(caller),
            ["openId"] = settings.OpenId is null ? null : OpenId.Start,
            ["csrf"] = new JsonObject { ["header"] = CrossSite.Header, ["value"] = "1" },
        };

    /// <summary>By agreement; <c>*</c> is every agreement.</summary>
    private static JsonObject PermissionsOf(Caller? caller)
    {
        var json = new JsonObject();
        foreach (var agreement in (caller?.Memberships ?? []).Select(m => m.Agreement).Distinct(StringComparer.Ordinal))
        {
            var held = Enum.GetValues<Permission>()
                .Where(p => p > Permission.SignedIn && caller.May(p, agreement))
                .Select(p => p.ToString().ToLowerInvariant());
            json[agreement] = new JsonArray([
                .. held.Concat(caller.OpensSealed(agreement) ? ["opensealed"] : []).Select(name => (JsonNode)name),
            ]);
        }

        return json;
    }
}
