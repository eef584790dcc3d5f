using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Ledger.Server.Authorization;
using Ledger.Server.Tests.People;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Ledger.Server.Tests.Limits;

/// <summary>
/// A site makes its own name lead to this address, so that a browser here takes the server for a part of that site. The
/// requests are good in all but the host; bytes on a line, since no client library would send some of them.
/// </summary>
public sealed class UnderAnothersName(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:PORT")]
    [InlineData("EVIL.EXAMPLE:PORT")]
    [InlineData("evil.example.:PORT")]
    [InlineData("localhost.evil.example:PORT")]
    [InlineData("127.0.0.1.evil.example:PORT")]
    [InlineData("evil.localhost:PORT")]
    [InlineData("localhost.:PORT")]
    [InlineData("localhost.localdomain:PORT")]
    [InlineData("xn--lcalhost-54a:PORT")]
    [InlineData("l\u043ecalhost:PORT")]
    [InlineData("xn--80ak6aa92e.com:PORT")]
    [InlineData("203.0.113.7:PORT")]
    [InlineData("0.0.0.0:PORT")]
    [InlineData("192.168.1.1")]
    [InlineData("[2001:db8::1]:PORT")]
    [InlineData("[::]:PORT")]
    [InlineData("127.0.0.1@evil.example:PORT")]
    [InlineData("evil.example@127.0.0.1:PORT")]
    [InlineData("127.0.0.1,evil.example")]
    [InlineData("evil.example:PORT/127.0.0.1")]
    [InlineData("127.0.0.1:PORT\r\nHost: evil.example")]
    [InlineData("")]
    public async Task Nothing_is_told_and_nothing_is_done(string host)
    {
        var link = Browser.SecretOf(
            await world.Http.PostAsync(
                "/api/v1/invitations",
                $$"""{"name": "Amal", "memberships": [{"agreement": "{{Idlib.Id}}", "role": "monitor"}]}"""
            )
        );
        var before = await StateAsync();

        foreach (
            var (method, path, body) in ((string, string, string)[])
                [
                    ("GET", $"{Idlib.Agreement}/entries", ""),
                    ("GET", "/", ""),
                    ("GET", "/plain", ""),
                    ("GET", "/assets/none.js", ""),
                    ("GET", "/health/ready", ""),
                    ("GET", "/metrics", ""),
                    ("GET", $"/log/{Idlib.Id}/checkpoint", ""),
                    ("GET", $"{Idlib.Agreement}/changes?after=0", ""),
                    ("OPTIONS", $"{Idlib.Agreement}/reports", ""),
                    ("POST", $"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14").ToJsonString()),
                    ("POST", "/api/v1/sign-in", $$"""{"secret": "{{link}}"}"""),
                ]
        )
            Refused(await SayAsync(method, path, host, body), $"{method} {path}");

        (await StateAsync()).Should().Be(before);
        using var browser = new Browser(world.Server);
        (await browser.OpenAsync(link)).Status.Should().Be(HttpStatusCode.OK, "the link was not used up");
    }

    [Theory]
    [InlineData("127.0.0.1:PORT")]
    [InlineData("localhost:PORT")]
    [InlineData("LocalHost:PORT")]
    [InlineData("[::1]:PORT")]
    public async Task Under_a_name_of_this_machine_the_same_is_done(string host) =>
        (
            await SayAsync(
                "POST",
                $"{Idlib.Agreement}/reports",
                host,
                Idlib.Report("bombing", "2018-10-14").ToJsonString()
            )
        )
            .Should()
            .StartWith("HTTP/1.1 201 ");

    [Theory]
    [InlineData("X-Forwarded-Host: 127.0.0.1")]
    [InlineData("X-Original-Host: 127.0.0.1")]
    [InlineData("Forwarded: host=127.0.0.1")]
    [InlineData("X-Forwarded-Proto: https\r\nX-Forwarded-For: 127.0.0.1")]
    public async Task No_other_header_makes_up_for_it(string header) =>
        Refused(await SayAsync("GET", $"{Idlib.Agreement}/entries", $"evil.example\r\n{header}", ""), header);

    [Fact]
    public async Task No_address_in_place_of_a_path_makes_up_for_it()
    {
        Refused(
            await SayAsync(
                "GET",
                $"http://127.0.0.1:{world.Http.BaseAddress!.Port}{Idlib.Agreement}/entries",
                "evil.example",
                ""
            ),
            "the two contradict each other"
        );
        Refused(
            await SayAsync("GET", $"http://evil.example{Idlib.Agreement}/entries", "evil.example", ""),
            "it is the other's own"
        );
    }

    [Fact]
    public async Task No_endpoint_is_forgotten()
    {
        var routes = world.Server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToArray();
        routes.Should().HaveCountGreaterThan(50);
        foreach (var route in routes)
        {
            foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                var path =
                    "/"
                    + Regex.Replace(
                        route.RoutePattern.RawText!.TrimStart('/'),
                        @"\{[^}]+\}",
                        Idlib.Id,
                        RegexOptions.None,
                        TimeSpan.FromSeconds(1)
                    );
                (await SayAsync(method, path, "evil.example:PORT", method == "POST" ? "{}" : ""))
                    .Should()
                    .StartWith("HTTP/1.1 421 ", $"{method} {path}");
            }
        }
    }

    /// <summary>
    /// What no host can be, the web server refuses before there is a request to answer, and says nothing.
    /// </summary>
    private static void Refused(string answer, string because)
    {
        answer
            .Should()
            .MatchRegex("^HTTP/1.1 (421|400) ", because)
            .And.NotContain("Set-Cookie")
            .And.NotContain("Access-Control-Allow")
            .And.NotContain("Location:");
        if (answer.StartsWith("HTTP/1.1 421 ", StringComparison.Ordinal))
            answer
                .Should()
                .Contain("\"code\":\"request/foreign-host\"", because)
                .And.Contain("application/problem+json")
                .And.NotContain(Idlib.Id);
        else
            answer.Should().Contain("Content-Length: 0", because);
    }

    /// <returns>Head and body of the answer, up to the end of the line.</returns>
    private async Task<string> SayAsync(string method, string path, string host, string body)
    {
        var (http, bytes) = (world.Http, Encoding.UTF8.GetBytes(body));
        host = host.Replace("PORT", $"{http.BaseAddress!.Port}", StringComparison.Ordinal);
        using var line = new TcpClient();
        await line.ConnectAsync(http.BaseAddress.Host, http.BaseAddress.Port);
        await line.GetStream()
            .WriteAsync(
                (byte[])
                    [
                        .. Encoding.UTF8.GetBytes(
                            $"{method} {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {http.DefaultRequestHeaders.Authorization}\r\n{CrossSite.Header}: 1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\nConnection: close\r\n\r\n"
                        ),
                        .. bytes,
                    ]
            );
        return await new StreamReader(line.GetStream()).ReadToEndAsync();
    }

    /// <summary>How much is recorded, and everybody who can come in.</summary>
    private async Task<string> StateAsync() =>
        $"{(await world.Http.AskAsync($"{Idlib.Agreement}/entries?limit=1")).Json["size"]} {(await world.Http.AskAsync("/api/v1/people")).Text} {(await world.Http.AskAsync("/api/v1/invitations")).Text}";
}
