using Ledger.Store.People;
using NodaTime;

namespace Ledger.Server.Tests.People;

/// <summary>Somebody for every role, each with a token.</summary>
internal static class Cast
{
    public static async Task<HttpClient> ActorAsync(this RunningServer server, params Membership[] memberships) =>
        (await server.PersonAsync(memberships)).Http;

    public static async Task<(Guid Id, HttpClient Http)> PersonAsync(
        this RunningServer server,
        params Membership[] memberships
    )
    {
        var id = Guid.CreateVersion7();
        await server.Get<PeopleRegister>().EnsureAsync(id, "Somebody", [.. memberships]);
        var (secret, _) = await server.Get<SignIns>().IssueAsync(id, "test", null, Duration.FromDays(1));
        var http = server.Stranger();
        http.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        return (id, http);
    }

    public static Membership In(this Role role, string agreement) =>
        new(agreement, role, role == Role.Party ? "turkey" : "");
}
