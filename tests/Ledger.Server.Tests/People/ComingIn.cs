using System.Text.Json.Nodes;
using Ledger.Server.Description;
using Microsoft.Extensions.Time.Testing;

namespace Ledger.Server.Tests.People;

public sealed class ComingIn : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await Idlib.AdoptedAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_operators_link_signs_a_browser_in_once()
    {
        var secret = Browser.SecretOf(await _server.Http.PostAsync("/api/v1/people/me/links", "{}"));
        using var first = new Browser(_server);
        using var second = new Browser(_server);

        var answer = await first.OpenAsync(secret);
        var again = await second.OpenAsync(secret);

        answer.Status.Should().Be(HttpStatusCode.OK, answer.ToString());
        (again.Status, again.Code).Should().Be((HttpStatusCode.Forbidden, "permission/link-used"));
        (await first.MeAsync())["person"]!["name"]!.GetValue<string>().Should().Be("Operator");
        (await second.MeAsync())["person"].Should().BeNull();
        (await first.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14")))
            .Status.Should()
            .Be(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Of_many_who_open_one_link_at_once_one_is_let_in()
    {
        var secret = Browser.SecretOf(await InviteAsync("monitor"));
        var browsers = Enumerable.Range(0, 10).Select(_ => new Browser(_server)).ToList();

        var answers = await Task.WhenAll(browsers.Select(browser => browser.OpenAsync(secret)));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).Should().Be(1);
        browsers.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task An_invitation_makes_a_person_and_enrols_a_device()
    {
        var invited = await InviteAsync("monitor");
        invited.Json["qr"]!.GetValue<string>().Should().StartWith("<svg").And.NotContain("<script");
        using var browser = new Browser(_server);

        var device = Examples.Of("sign_in")["device"]!.AsObject();
        var me = (await browser.OpenAsync(Browser.SecretOf(invited), device.DeepClone().AsObject())).Json;

        me["permissions"]![Idlib.Id]!.AsArray().Select(p => p!.GetValue<string>()).Should().Equal("read", "file");
        var person = (await _server.Http.AskAsync("/api/v1/people")).Json["people"]!
            .AsArray()
            .Single(p => p!["name"]!.GetValue<string>() == "Amal")!;
        person["devices"]![0]!["id"]!.GetValue<string>().Should().Be(me["device"]!.GetValue<string>());
        person["devices"]![0]!["publicKey"]!["x"]!
            .GetValue<string>()
            .Should()
            .Be(device["publicKey"]!["x"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(
        """{"kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0", "d": "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}""",
        "/device/publicKey/d device/private-key"
    )]
    [InlineData("""{"kty": "RSA"}""", "/device/publicKey device/unknown-key")]
    [InlineData("""{"kty": "OKP", "crv": "Ed25519", "x": "short"}""", "/device/publicKey device/unknown-key")]
    [InlineData("7", "/device/publicKey device/unknown-key")]
    public async Task A_key_that_cannot_be_one_does_not_use_the_link_up(string key, string problem)
    {
        var secret = Browser.SecretOf(await InviteAsync("monitor"));
        using var browser = new Browser(_server);

        (await browser.OpenAsync(secret, new JsonObject { ["name"] = "Phone", ["publicKey"] = JsonNode.Parse(key) }))
            .Problems.Should()
            .Equal(problem);
        (await browser.OpenAsync(secret)).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_withdrawn_invitation_lets_nobody_in()
    {
        var invited = await InviteAsync("monitor");
        await _server.Http.PostAsync($"/api/v1/invitations/{invited.Json["id"]}/revocation", "{}");
        using var browser = new Browser(_server);

        (await browser.OpenAsync(Browser.SecretOf(invited))).Code.Should().Be("permission/link-withdrawn");
        (await browser.OpenAsync(Browser.SecretOf(invited)[..^1]))
            .Code.Should()
            .Be("permission/link-refused", "it is cut off");
        (await _server.Http.AskAsync("/api/v1/invitations")).Text.Should().NotContain(Browser.SecretOf(invited));
    }

    [Fact]
    public async Task Links_sessions_and_tokens_expire()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await RunningServer.StartAsync(clock: clock);
        var (link, late) = (
            Browser.SecretOf(await server.Http.PostAsync("/api/v1/people/me/links", "{}")),
            Browser.SecretOf(await server.Http.PostAsync("/api/v1/people/me/links", "{}"))
        );
        var token = (await server.Http.PostAsync("/api/v1/tokens", """{"name": "robot", "days": 1}""")).Json[
            "secret"
        ]!.GetValue<string>();
        using var browser = new Browser(server);
        using var tooLate = new Browser(server);
        using var robot = server.Stranger();
        robot.DefaultRequestHeaders.Authorization = new("Bearer", token);
        await browser.OpenAsync(link);
        (await robot.AskAsync("/api/v1/me")).Json["by"]!.GetValue<string>().Should().Be("token");

        clock.Advance(TimeSpan.FromMinutes(31));
        (await tooLate.OpenAsync(late)).Code.Should().Be("permission/link-expired");
        (await browser.MeAsync())["person"].Should().NotBeNull();
        clock.Advance(TimeSpan.FromDays(1));
        (await robot.AskAsync("/api/v1/me")).Code.Should().Be("permission/token-refused");
        (await browser.MeAsync())["person"].Should().NotBeNull("it was used within the week");
        clock.Advance(TimeSpan.FromDays(8));
        (await browser.MeAsync())["person"].Should().BeNull("nobody used it for a week");
    }

    [Fact]
    public async Task A_session_ends_when_it_is_signed_out()
    {
        using var browser = new Browser(_server);
        await browser.OpenAsync(Browser.SecretOf(await InviteAsync("monitor")));
        var cookie = browser.Cookies.GetCookies(new Uri(browser.Address)).Single();
        cookie.HttpOnly.Should().BeTrue();

        var answer = await browser.Http.PostAsync("/api/v1/sign-out", "{}");

        answer
            .Response.Headers.GetValues("Clear-Site-Data")
            .Single()
            .Should()
            .Be("\"cache\"", "the next user of this browser finds no photo in it");

        browser.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/", cookie.Domain));
        (await browser.MeAsync())["person"].Should().BeNull("a kept cookie opens nothing");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", null)]
    [InlineData("Ledger-Request", null)]
    public async Task Another_sites_page_cannot_use_a_session(string header, string? value)
    {
        using var browser = new Browser(_server);
        await browser.OpenAsync(Browser.SecretOf(await InviteAsync("monitor")));
        browser.Http.DefaultRequestHeaders.Remove(header);
        if (value is not null)
            browser.Http.DefaultRequestHeaders.Add(header, value);

        var answer = await browser.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14"));

        (answer.Status, answer.Code).Should().Be((HttpStatusCode.Forbidden, "permission/cross-site"));
        answer.Should().BeAProblem();
    }

    [Fact]
    public async Task The_cookie_is_strict_and_no_script_reads_it()
    {
        using var http = _server.Stranger();
        var answer = await http.PostAsync(
            "/api/v1/sign-in",
            new JsonObject { ["secret"] = Browser.SecretOf(await InviteAsync("monitor")) }
        );

        answer
            .Response.Headers.GetValues("Set-Cookie")
            .Single()
            .Should()
            .Contain("httponly")
            .And.Contain("samesite=strict")
            .And.Contain("path=/")
            .And.StartWith($"ledger-{new Uri(_server.Address).Port}=ledger_s_");
    }

    private Task<Answer> InviteAsync(string role) =>
        _server.Http.PostAsync(
            "/api/v1/invitations",
            new JsonObject
            {
                ["name"] = "Amal",
                ["memberships"] = new JsonArray(new JsonObject { ["agreement"] = Idlib.Id, ["role"] = role }),
            }
        );
}
