using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ledger.Web.Tests.Stories;

/// <summary>
/// Somebody who is signed in also has a page of another site open. That site's name leads to this machine, by the
/// browser's own resolver, so that what the page asks of its own site the server is asked.
/// </summary>
public sealed class AnothersPage(AppServer server) : IClassFixture<AppServer>
{
    private const string Name = "evil.example";

    private static readonly string[] Reading =
    [
        $"/api/v1/agreements/{AppServer.Agreement}/entries",
        "/api/v1/me",
        "/api/v1/people",
        "/",
        "/field",
        "/worker.js",
        "/plain",
        $"/log/{AppServer.Agreement}/checkpoint",
        $"/api/v1/agreements/{AppServer.Agreement}/changes?after=0",
        "/metrics",
    ];

    [Fact]
    public async Task Under_a_name_that_leads_here_it_is_told_that_it_is_not_of_this_server()
    {
        await using var browser = await Chromium.MappingAsync(Name);
        var page = await browser.NewPageAsync();

        var answer = await page.GotoAsync($"http://{Name}:{new Uri(server.Address).Port}/");

        answer!.Status.Should().Be(421);
        (await answer.TextAsync())
            .Should()
            .Contain("This server serves localhost and 127.0.0.1 on its own machine")
            .And.NotContain(AppServer.Agreement);
    }

    [Fact]
    public async Task Reads_nothing_of_its_own_site_does_nothing_and_has_no_cookie()
    {
        await using var browser = await Chromium.MappingAsync(Name);
        var page = await OpenAsync(browser);
        var (secret, before) = (await server.SecretAsync(), await StateAsync());

        foreach (var path in Reading)
        {
            var (status, text) = await FetchAsync(page, path);
            status.Should().Be(421, path);
            text.Should().Contain("request/foreign-host").And.NotContain(AppServer.Agreement);
        }

        foreach (
            var (path, body) in ((string, string)[])
                [
                    ($"/api/v1/agreements/{AppServer.Agreement}/reports", Report()),
                    ("/api/v1/sign-in", $$"""{"secret": "{{secret}}"}"""),
                    ("/api/v1/sign-out", ""),
                ]
        )
        {
            foreach (var type in (string[])["application/json", "text/plain"])
                (await FetchAsync(page, path, "POST", body, type, "same-origin")).Status.Should().Be(421, path);
        }

        (await page.EvaluateAsync<string>("document.cookie")).Should().BeEmpty();
        (await StateAsync()).Should().Be(before);
        (await server.PostAsync("/api/v1/sign-in", $$"""{"secret": "{{secret}}"}"""))
            .Should()
            .Contain("\"person\"", "the link was not used up");
    }

    /// <summary>
    /// A page of another program on this machine is of the same site, for a browser, and is sent with the cookies of
    /// all.
    /// </summary>
    [Theory]
    [InlineData($"http://{Name}")]
    [InlineData("http://127.0.0.1:34567")]
    public async Task Reads_nothing_of_the_server_under_its_true_name_and_does_nothing(string other)
    {
        await using var browser = await Chromium.MappingAsync(Name);
        var page = await OpenAsync(browser, other);
        var before = await StateAsync();

        foreach (var path in Reading)
        {
            (await FetchAsync(page, server.Address + path, credentials: "include"))
                .Status.Should()
                .Be(0, $"the browser gives {path} to nobody else");
            (await FetchAsync(page, server.Address + path, credentials: "include", mode: "no-cors"))
                .Text.Should()
                .BeEmpty();
        }

        foreach (
            var path in (string[])
                [$"/api/v1/agreements/{AppServer.Agreement}/reports", "/api/v1/tokens", "/api/v1/sign-out"]
        )
        {
            // What a form can send needs no leave of the server, so that the server itself must see where it comes
            // from.
            foreach (var type in (string[])["text/plain", "application/x-www-form-urlencoded", "application/json"])
            {
                await FetchAsync(page, server.Address + path, "POST", Report(), type, "include", "no-cors");
                (await FetchAsync(page, server.Address + path, "POST", Report(), type, "include"))
                    .Status.Should()
                    .Be(0);
            }
        }

        (
            await page.EvaluateAsync<bool>(
                "address => new Promise(done => { const heard = new EventSource(address, { withCredentials: true }); heard.onmessage = () => done(true); heard.addEventListener('entry', () => done(true)); heard.onerror = () => { heard.close(); done(false) } })",
                $"{server.Address}/api/v1/agreements/{AppServer.Agreement}/changes?after=0"
            )
        )
            .Should()
            .BeFalse();
        (
            await page.EvaluateAsync<bool>(
                "address => new Promise(done => { const frame = document.createElement('iframe'); frame.onload = () => { let seen = false; try { seen = !!frame.contentDocument?.querySelector('main') } catch { } done(seen) }; frame.src = address; document.body.append(frame) })",
                server.Address
            )
        )
            .Should()
            .BeFalse();
        (await StateAsync()).Should().Be(before);
        (await page.Context.APIRequest.GetAsync($"{server.Address}/api/v1/me")).Status.Should().Be(200);
        (await (await page.Context.APIRequest.GetAsync($"{server.Address}/api/v1/me")).TextAsync())
            .Should()
            .Contain("\"by\":\"session\"", "whoever was signed in still is");
    }

    /// <summary>
    /// The other site's page, which came before its name led here, in a browser that is signed in at the server's true
    /// name.
    /// </summary>
    private async Task<IPage> OpenAsync(IBrowser browser, string? site = null)
    {
        var context = await browser.NewContextAsync();
        (
            await context.APIRequest.PostAsync(
                $"{server.Address}/api/v1/sign-in",
                new() { DataObject = new { secret = await server.SecretAsync() } }
            )
        )
            .Status.Should()
            .Be(200);
        var page = await context.NewPageAsync();
        var address = $"{site ?? $"http://{Name}:{new Uri(server.Address).Port}"}/before";
        await page.RouteAsync(
            address,
            route =>
                route.FulfillAsync(
                    new()
                    {
                        ContentType = "text/html",
                        Body = "<!doctype html><title>Another site</title><body></body>",
                    }
                )
        );
        await page.GotoAsync(address);
        return page;
    }

    /// <returns>Status 0 where the browser gave no answer to the page.</returns>
    private static async Task<(int Status, string Text)> FetchAsync(
        IPage page,
        string address,
        string method = "GET",
        string? body = null,
        string type = "",
        string credentials = "same-origin",
        string mode = "cors"
    )
    {
        var answer = await page.EvaluateAsync<JsonElement>(
            """
            async ([address, method, body, type, credentials, mode]) => {
                const headers = { ...(type ? { 'Content-Type': type } : {}), ...(mode === 'cors' && method === 'POST' ? { 'Ledger-Request': '1' } : {}) }
                try {
                    const answer = await fetch(address, { method, body: body || undefined, headers, credentials, mode })
                    return { status: answer.status, text: await answer.text() }
                } catch { return { status: 0, text: '' } }
            }
            """,
            new[] { address, method, body, type, credentials, mode }
        );
        return (answer.GetProperty("status").GetInt32(), answer.GetProperty("text").GetString()!);
    }

    private static string Report() =>
        new JsonObject
        {
            ["entryId"] = Guid.CreateVersion7().ToString(),
            ["report"] = new JsonObject
            {
                ["kind"] = "bombing",
                ["occurred"] = "2018-10-14",
                ["source"] = new JsonObject { ["class"] = "media", ["name"] = "A newspaper" },
            },
        }.ToJsonString();

    private async Task<string> StateAsync() =>
        $"{(await server.GetAsync($"/api/v1/agreements/{AppServer.Agreement}"))["position"]} {(await server.GetAsync("/api/v1/tokens"))["tokens"]!.AsArray().Count}";
}
