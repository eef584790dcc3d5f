using System.Text.Json.Nodes;

namespace Ledger.Server.Tests.People;

/// <summary>By way of a real OpenID Connect provider, with the redirects that a browser follows.</summary>
public sealed class ComingInFromElsewhere : IAsyncLifetime
{
    private readonly string _secret = Path.GetTempFileName();
    private readonly EveryLine _log = new();
    private AProvider _provider = null!;
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_secret, AProvider.ClientSecret);
        _provider = await AProvider.StartAsync();
        _server = await RunningServer.StartAsync(
            services: _log.Listen,
            also:
            [
                $"--LEDGER_OPENID_AUTHORITY={_provider.Address}",
                "--LEDGER_OPENID_CLIENT=ledger",
                $"--LEDGER_OPENID_SECRET_FILE={_secret}",
            ]
        );
        (await _server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _provider.DisposeAsync();
        File.Delete(_secret);
        _log.Text.Should().Contain("/sign-in-elsewhere").And.NotContain("CANARY");
        _log.Dispose();
    }

    [Fact]
    public async Task Whoever_was_invited_by_a_verified_address_comes_in_again_and_again()
    {
        await InviteAsync("Amal@example.org");

        var first = await ThroughAsync();
        first.Last.Status.Should().Be(HttpStatusCode.Redirect, first.Last.ToString());
        first.Me["permissions"]![Idlib.Id]!.AsArray().Should().HaveCount(2);
        var again = await ThroughAsync();

        (again.Me["how"]!.GetValue<string>(), again.Me["person"]!["name"]!.GetValue<string>())
            .Should()
            .Be(("oidc", "Amal"));
        _provider.Subject = "somebody-else";
        (await ThroughAsync()).Last.Code.Should().Be("permission/link-refused", "the invitation is used up");
    }

    [Fact]
    public async Task An_address_that_is_not_verified_opens_nothing()
    {
        await InviteAsync("amal@example.org");
        _provider.Verified = false;

        var (last, me) = await ThroughAsync();

        last.Code.Should().Be("permission/link-refused");
        last.Should().BeAProblem();
        me["person"].Should().BeNull();
    }

    [Fact]
    public async Task An_identity_that_was_connected_while_signed_in_signs_in_from_then_on()
    {
        var invited = await _server.Http.PostAsync("/api/v1/people/me/links", "{}");
        using var browser = new Browser(_server);
        await browser.OpenAsync(Browser.SecretOf(invited));

        await FollowAsync(browser);

        (await ThroughAsync()).Me["person"]!["name"]!.GetValue<string>().Should().Be("Operator");
    }

    [Fact]
    public async Task Another_sites_page_connects_nothing()
    {
        using var browser = new Browser(_server);
        await browser.OpenAsync(Browser.SecretOf(await _server.Http.PostAsync("/api/v1/people/me/links", "{}")));
        browser.Http.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        browser.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        (await FollowAsync(browser)).Code.Should().Be("permission/link-refused");
    }

    [Theory]
    [InlineData("?returnUrl=https://evil.example")]
    [InlineData("?ReturnUri=//evil.example&redirect_uri=https://evil.example")]
    [InlineData("?next=%2F%2Fevil.example")]
    public async Task Nobody_is_led_on_to_another_site(string query)
    {
        await InviteAsync("amal@example.org");
        using var browser = new Browser(_server);

        var answer = await FollowAsync(browser, query);

        (answer.Status, answer.Response.Headers.Location!.ToString()).Should().Be((HttpStatusCode.Redirect, "/"));
    }

    [Theory]
    [InlineData("/a/idlib-2018/record?open=coverage", "/a/idlib-2018/record?open=coverage")]
    [InlineData("https://example.org/a", "/")]
    [InlineData("//example.org/a", "/")]
    [InlineData("/\\example.org/a", "/")]
    [InlineData("~/a", "/")]
    public async Task Leads_back_to_where_somebody_was_going_and_to_no_other_site(string to, string led)
    {
        await InviteAsync("amal@example.org");
        using var browser = new Browser(_server);

        var answer = await browser.Http.AskAsync($"/sign-in-elsewhere?to={Uri.EscapeDataString(to)}");
        while (answer.Response.Headers.Location is { } next && next.ToString() != led)
            answer = await browser.Http.AskAsync(next.ToString());

        answer.Response.Headers.Location!.ToString().Should().Be(led);
        (await browser.MeAsync())["how"]!.GetValue<string>().Should().Be("oidc");
    }

    [Fact]
    public async Task What_nobody_began_here_is_refused()
    {
        using var http = _server.Stranger();

        var answer = await http.AskAsync("/sign-in-elsewhere/callback?code=forged&state=forged");

        answer.Code.Should().Be("permission/link-refused");
        answer.Should().BeAProblem();
    }

    private async Task<(Answer Last, JsonNode Me)> ThroughAsync()
    {
        using var browser = new Browser(_server);
        var last = await FollowAsync(browser);
        return (last, await browser.MeAsync());
    }

    private static async Task<Answer> FollowAsync(Browser browser, string query = "")
    {
        var answer = await browser.Http.AskAsync($"/sign-in-elsewhere{query}");
        while (answer.Response.Headers.Location is { } next && next.ToString() != "/")
            answer = await browser.Http.AskAsync(next.ToString());
        return answer;
    }

    private Task<Answer> InviteAsync(string email) =>
        _server.Http.PostAsync(
            "/api/v1/invitations",
            new JsonObject
            {
                ["name"] = "Amal",
                ["email"] = email,
                ["memberships"] = new JsonArray(new JsonObject { ["agreement"] = Idlib.Id, ["role"] = "monitor" }),
            }
        );
}
