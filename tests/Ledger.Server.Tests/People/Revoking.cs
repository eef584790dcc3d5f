using System.Text.Json.Nodes;
using Ledger.Store.People;

namespace Ledger.Server.Tests.People;

/// <summary>What one server revokes, another refuses with its next answer.</summary>
public sealed class Revoking : IAsyncLifetime
{
    private RunningServer _one = null!;
    private RunningServer _other = null!;

    public async ValueTask InitializeAsync()
    {
        var connection = await ServersRole.DatabaseAsync();
        (_one, _other) = (
            await RunningServer.StartAsync(connection, alone: false),
            await RunningServer.StartAsync(connection, alone: false)
        );
        (await _one.Http.PostAsync("/api/v1/agreements", Idlib.Adoption())).Status.Should().Be(HttpStatusCode.Created);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task Of_a_person_counts_at_once_everywhere()
    {
        var (id, http) = await _other.PersonAsync(Role.Monitor.In(Idlib.Id));
        (await http.AskAsync(Idlib.Agreement)).Status.Should().Be(HttpStatusCode.OK);

        (await _one.Http.PostAsync($"/api/v1/people/{id}/revocation", "{}")).Status.Should().Be(HttpStatusCode.OK);

        (await http.AskAsync(Idlib.Agreement)).Code.Should().Be("permission/token-refused");
    }

    [Fact]
    public async Task Of_a_token_a_session_or_a_role_counts_with_the_next_request_everywhere()
    {
        var invited = await _one.Http.PostAsync(
            "/api/v1/invitations",
            $$"""{"name": "Amal", "memberships": [{"agreement": "{{Idlib.Id}}", "role": "monitor"}]}"""
        );
        using var browser = new Browser(_one);
        var me = (await browser.OpenAsync(Browser.SecretOf(invited))).Json;
        var token = (await browser.Http.PostAsync("/api/v1/tokens", """{"name": "robot"}""")).Json;
        using var robot = _other.Stranger().With(token["secret"]!.GetValue<string>());
        // The other server takes cookies by its own port, which is in their name.
        using var elsewhere = new HttpClient(
            new Conforming(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
        )
        {
            BaseAddress = new Uri(_other.Address),
        };
        elsewhere.DefaultRequestHeaders.Add(
            "Cookie",
            $"ledger-{new Uri(_other.Address).Port}={browser.Cookies.GetCookies(new Uri(browser.Address)).Single().Value}"
        );
        foreach (var http in (HttpClient[])[robot, elsewhere])
            (await http.AskAsync(Idlib.Agreement)).Status.Should().Be(HttpStatusCode.OK);

        (
            await _one.Http.PostAsync(
                $"/api/v1/people/{me["person"]!["id"]}/memberships/withdrawals",
                $$"""{"agreement": "{{Idlib.Id}}", "role": "monitor"}"""
            )
        )
            .Status.Should()
            .Be(HttpStatusCode.OK);
        foreach (var http in (HttpClient[])[robot, elsewhere])
            (await http.AskAsync(Idlib.Agreement)).Status.Should().Be(HttpStatusCode.NotFound);

        (await browser.Http.PostAsync($"/api/v1/tokens/{token["id"]}/revocation", "{}"))
            .Status.Should()
            .Be(HttpStatusCode.OK);
        (await robot.AskAsync("/api/v1/me")).Code.Should().Be("permission/token-refused");

        (await elsewhere.AskAsync("/api/v1/me")).Json["person"].Should().NotBeNull();
        (await browser.Http.PostAsync("/api/v1/sign-out", "{}")).Status.Should().Be(HttpStatusCode.OK);
        (await elsewhere.AskAsync("/api/v1/me")).Json["person"].Should().BeNull();
    }

    [Fact]
    public async Task Of_a_device_ends_its_sessions_everywhere()
    {
        var invited = await _one.Http.PostAsync(
            "/api/v1/invitations",
            $$"""{"name": "Amal", "memberships": [{"agreement": "{{Idlib.Id}}", "role": "monitor"}]}"""
        );
        using var browser = new Browser(_other);
        var me = (
            await browser.OpenAsync(
                Browser.SecretOf(invited),
                Ledger.Server.Description.Examples.Of("sign_in")["device"]!.DeepClone().AsObject()
            )
        ).Json;

        (await _one.Http.PostAsync($"/api/v1/people/{me["person"]!["id"]}/devices/{me["device"]}/revocation", "{}"))
            .Status.Should()
            .Be(HttpStatusCode.OK);

        (await browser.MeAsync())["person"].Should().BeNull();
    }

    [Fact]
    public async Task Of_a_device_ends_the_tokens_and_links_that_were_made_on_it_and_no_others()
    {
        var invited = await _one.Http.PostAsync(
            "/api/v1/invitations",
            $$"""{"name": "Amal", "memberships": [{"agreement": "{{Idlib.Id}}", "role": "administrator"}]}"""
        );
        using var phone = new Browser(_one);
        var me = (
            await phone.OpenAsync(
                Browser.SecretOf(invited),
                Ledger.Server.Description.Examples.Of("sign_in")["device"]!.DeepClone().AsObject()
            )
        ).Json;
        using var desk = new Browser(_other);
        (
            await desk.OpenAsync(
                Browser.SecretOf(await _one.Http.PostAsync($"/api/v1/people/{me["person"]!["id"]}/links", "{}"))
            )
        )
            .Status.Should()
            .Be(HttpStatusCode.OK);
        async Task<string> TokenAsync(Browser on) =>
            (await on.Http.PostAsync("/api/v1/tokens", """{"name": "robot"}""")).Json["secret"]!.GetValue<string>();
        async Task<string[]> LinksAsync(Browser on) =>
            [
                Browser.SecretOf(await on.Http.PostAsync("/api/v1/people/me/links", "{}")),
                Browser.SecretOf(
                    await on.Http.PostAsync(
                        "/api/v1/invitations",
                        $$"""{"name": "Nobody", "memberships": [{"agreement": "{{Idlib.Id}}", "role": "administrator"}]}"""
                    )
                ),
            ];
        using var thief = _one.Stranger().With(await TokenAsync(phone));
        using var robot = _other.Stranger().With(await TokenAsync(desk));
        var (stolen, own) = (await LinksAsync(phone), await LinksAsync(desk));
        (await thief.AskAsync(Idlib.Agreement)).Status.Should().Be(HttpStatusCode.OK);

        (await desk.Http.PostAsync($"/api/v1/people/me/devices/{me["device"]}/revocation", "{}"))
            .Status.Should()
            .Be(HttpStatusCode.OK);

        (await thief.AskAsync(Idlib.Agreement)).Code.Should().Be("permission/token-refused");
        (await robot.AskAsync(Idlib.Agreement)).Status.Should().Be(HttpStatusCode.OK);
        foreach (var (link, works) in stolen.Select(link => (link, false)).Concat(own.Select(link => (link, true))))
        {
            using var browser = new Browser(_one);
            ((await browser.OpenAsync(link)).Status == HttpStatusCode.OK).Should().Be(works);
        }
    }

    [Fact]
    public async Task Of_a_session_signs_that_browser_out_everywhere_and_no_other()
    {
        var invited = await _one.Http.PostAsync(
            "/api/v1/invitations",
            $$"""{"name": "Amal", "memberships": [{"agreement": "{{Idlib.Id}}", "role": "monitor"}]}"""
        );
        using var desk = new Browser(_one);
        var amal = (
            await desk.OpenAsync(
                Browser.SecretOf(invited),
                Ledger.Server.Description.Examples.Of("sign_in")["device"]!.DeepClone().AsObject()
            )
        ).Json;
        using var thief = new Browser(_other);
        (await thief.OpenAsync(Browser.SecretOf(await desk.Http.PostAsync("/api/v1/people/me/links", "{}"))))
            .Status.Should()
            .Be(HttpStatusCode.OK);
        async Task<JsonArray> SessionsAsync(HttpClient http, string of) =>
            (await http.AskAsync($"/api/v1/people/{of}/sessions")).Json["sessions"]!.AsArray();

        var sessions = await SessionsAsync(desk.Http, "me");
        sessions.Should().HaveCount(2);
        var (own, stolen) = (
            sessions.Single(s => s!["current"]!.GetValue<bool>())!,
            sessions.Single(s => !s!["current"]!.GetValue<bool>())!
        );
        (own["device"]?.GetValue<string>(), own["how"]!.GetValue<string>())
            .Should()
            .Be((amal["device"]!.GetValue<string>(), "link"));
        stolen["device"].Should().BeNull();
        var (id, signedIn) = await _one.SignedInAsync(Role.Administrator.In(Idlib.Id));
        using var other = signedIn.Http;
        (await other.AskAsync($"/api/v1/people/{amal["person"]!["id"]}/sessions"))
            .Code.Should()
            .Be("person/not-found", "an administrator of one agreement keeps nobody's doors");
        (await other.PostAsync($"/api/v1/people/{amal["person"]!["id"]}/sessions/{stolen["id"]}/end", "{}"))
            .Code.Should()
            .Be("person/not-found");
        (await other.PostAsync($"/api/v1/people/{id}/sessions/{stolen["id"]}/end", "{}"))
            .Code.Should()
            .Be("session/not-found", "it is another's");
        (await thief.MeAsync())["person"].Should().NotBeNull();

        (await desk.Http.PostAsync($"/api/v1/people/me/sessions/{stolen["id"]}/end", "{}"))
            .Status.Should()
            .Be(HttpStatusCode.OK);

        (await thief.MeAsync())["person"].Should().BeNull();
        (await desk.MeAsync())["person"].Should().NotBeNull();
        (await SessionsAsync(_one.Http, $"{amal["person"]!["id"]}"))
            .Select(s => s!["id"]!.GetValue<string>())
            .Should()
            .Equal([own["id"]!.GetValue<string>()], "who keeps the ledger sees the rest");
        (await _one.Http.PostAsync($"/api/v1/people/{amal["person"]!["id"]}/sessions/{own["id"]}/end", "{}"))
            .Status.Should()
            .Be(HttpStatusCode.OK);
        (await desk.MeAsync())["person"].Should().BeNull();
        (await _one.Http.AskAsync($"/api/v1/people/{stolen["id"]}/sessions")).Code.Should().Be("person/not-found");
    }

    [Fact]
    public async Task Of_an_administrators_role_withdraws_the_invitations_that_it_allowed()
    {
        var (id, signedIn) = await _one.SignedInAsync(Role.Administrator.In(Idlib.Id));
        using var admin = signedIn.Http;
        async Task<string> InviteAsync() =>
            Browser.SecretOf(
                await admin.PostAsync(
                    "/api/v1/invitations",
                    $$"""{"name": "Myself again", "memberships": [{"agreement": "{{Idlib.Id}}", "role": "administrator"}]}"""
                )
            );
        var (used, open) = (await InviteAsync(), await InviteAsync());
        using var early = new Browser(_one);
        (await early.OpenAsync(used)).Status.Should().Be(HttpStatusCode.OK);

        (
            await _other.Http.PostAsync(
                $"/api/v1/people/{id}/memberships/withdrawals",
                $$"""{"agreement": "{{Idlib.Id}}", "role": "administrator"}"""
            )
        )
            .Status.Should()
            .Be(HttpStatusCode.OK);

        using var browser = new Browser(_one);
        (await browser.OpenAsync(open)).Code.Should().Be("permission/link-withdrawn");
        (await early.Http.AskAsync(Idlib.Agreement))
            .Status.Should()
            .Be(HttpStatusCode.OK, "whoever came in before is somebody of their own");
    }

    [Fact]
    public async Task Of_a_role_ends_what_is_being_followed()
    {
        var (id, http) = await _other.PersonAsync(Role.Auditor.In(Idlib.Id));
        using var listener = await Listener.OpenAsync(http, $"{Idlib.Agreement}/changes");
        await _one.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14"));
        await listener.TakeAsync(1);

        await _one.Http.PostAsync(
            $"/api/v1/people/{id}/memberships/withdrawals",
            $$"""{"agreement": "{{Idlib.Id}}", "role": "auditor"}"""
        );
        await _one.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-15"));

        await listener.Invoking(l => l.TakeAsync(1)).Should().ThrowAsync<EndOfStreamException>();
    }

    [Fact]
    public async Task Of_the_operators_token_makes_the_next_start_write_another()
    {
        var file = RunningServer.OperatorFileOf(_one.Connection);
        var before = await File.ReadAllTextAsync(file);
        var token = (await _one.Http.AskAsync("/api/v1/tokens")).Json["tokens"]!
            .AsArray()
            .Single(t => t!["name"]!.GetValue<string>() == "operator.token" && t["revokedAt"] is null)!["id"];
        (await _one.Http.PostAsync($"/api/v1/tokens/{token}/revocation", "{}")).Status.Should().Be(HttpStatusCode.OK);
        (await _other.Http.AskAsync("/api/v1/me")).Code.Should().Be("permission/token-refused");

        await using var third = await RunningServer.StartAsync(_one.Connection, alone: false);

        (await File.ReadAllTextAsync(file)).Should().NotBe(before);
        File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await third.Http.AskAsync("/api/v1/me")).Json["person"]!["name"]!.GetValue<string>().Should().Be("Operator");
    }
}
