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

    /// <summary>Somebody in a browser, who has just come in by a link.</summary>
    public static async Task<(Guid Id, Browser Browser)> SignedInAsync(
        this RunningServer server,
        params Membership[] memberships
    )
    {
        var id = Guid.CreateVersion7();
        await server.Get<PeopleRegister>().EnsureAsync(id, "Somebody", [.. memberships]);
        var (link, _) = await server.Get<SignIns>().InviteAsync(id, "Somebody", [], null, Duration.FromHours(1), null);
        var browser = new Browser(server);
        (await browser.OpenAsync(link)).Status.Should().Be(HttpStatusCode.OK);
        return (id, browser);
    }

    public static Membership In(this Role role, string agreement) =>
        new(agreement, role, role == Role.Party ? "turkey" : "");
}
