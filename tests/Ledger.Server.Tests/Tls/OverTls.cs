using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Server.Authorization;
using Ledger.Server.Tests.People;
using Ledger.Store.People;
using NodaTime;

namespace Ledger.Server.Tests.Tls;

/// <summary>A server that ends TLS itself, with a real certificate under a real name.</summary>
public sealed class AServerWithACertificate : IAsyncLifetime
{
    private Certificates _certificates = null!;
    private RunningServer _server = null!;

    private int Port => new Uri(_server.Address).Port;

    public async ValueTask InitializeAsync()
    {
        _certificates = await Certificates.MakeAsync();
        _server = await Opened.StartAsync(
            "--LEDGER_URL=https://127.0.0.1:0",
            $"--LEDGER_CERTIFICATE={_certificates.Chain}",
            $"--LEDGER_CERTIFICATE_KEY={_certificates.Key}",
            "--LEDGER_LIMIT=20",
            "--LEDGER_LIMIT_LOOPBACK=yes"
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task Is_trusted_by_whoever_knows_the_root_and_tells_browsers_to_stay_with_TLS()
    {
        using var http = _certificates.Client(Port);

        var answer = await http.AskAsync("/plain");

        answer.Status.Should().Be(HttpStatusCode.OK);
        Opened.HasTheHeaders(answer);
    }

    [Fact]
    public async Task Signs_in_with_a_cookie_that_goes_nowhere_else()
    {
        using var http = _certificates.Client(Port);

        await Opened.SignsInAsync(_server, http, () => _certificates.Client(Port, cookies: new CookieContainer()));
    }

    [Fact]
    public async Task Answers_nothing_without_TLS()
    {
        using var line = new TcpClient();
        await line.ConnectAsync(IPAddress.Loopback, Port);
        await line.GetStream()
            .WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {Certificates.Host}\r\n\r\n"));
        var said = new byte[4096];
        var read = 0;
        try
        {
            read = await line.GetStream()
                .ReadAtLeastAsync(said, said.Length, throwOnEndOfStream: false)
                .AsTask()
                .WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (IOException)
        {
            // Hung up on, which will do.
        }

        Encoding.ASCII.GetString(said, 0, read).Should().NotContain("HTTP/1.1");
    }

    [Fact]
    public async Task Answers_to_its_own_name_alone()
    {
        using var line = new TcpClient();
        await line.ConnectAsync(IPAddress.Loopback, Port);
        await using var tls = new SslStream(line.GetStream());
        await tls.AuthenticateAsClientAsync(_certificates.Trust());
        await tls.WriteAsync("GET /plain HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n"u8.ToArray());

        var answer = await new StreamReader(tls).ReadToEndAsync();

        answer.Should().StartWith("HTTP/1.1 421 ").And.Contain("request/foreign-host");
    }

    [Fact]
    public async Task Does_not_believe_what_a_stranger_says_of_where_they_are()
    {
        using var http = _certificates.Client(Port, from: "127.0.0.2");

        var answers = await Opened.ManyAsync(http, 130, i => $"203.0.113.{i}");

        answers
            .Count(status => status == HttpStatusCode.OK)
            .Should()
            .BeInRange(100, 125, "they are one address, whatever they say");
    }
}

/// <summary>
/// A server that speaks HTTP to a stated proxy on loopback, and one that a proxy was stated for which is not the one
/// that asks.
/// </summary>
public sealed class AServerBehindAStatedProxy
{
    [Theory]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("127.0.0.0/8", HttpStatusCode.OK)]
    [InlineData("10.9.8.7", HttpStatusCode.MisdirectedRequest)]
    public async Task Believes_that_one_and_nobody_else_that_the_asker_came_over_TLS(
        string proxy,
        HttpStatusCode expected
    )
    {
        await using var server = await Opened.StartAsync($"--LEDGER_PROXIES={proxy}");
        using var http = server.Stranger();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/plain") { Headers = { Host = Certificates.Host } };
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");

        (await http.SendAsync(request).ReadAsync()).Status.Should().Be(expected);
    }

    [Fact]
    public async Task Counts_the_addresses_that_it_tells()
    {
        await using var server = await Opened.StartAsync(
            "--LEDGER_PROXIES=127.0.0.1",
            "--LEDGER_LIMIT=20",
            "--LEDGER_LIMIT_LOOPBACK=no"
        );
        using var http = server.Stranger();

        var one = await Opened.ManyAsync(http, 130, _ => "203.0.113.7");
        var others = await Opened.ManyAsync(http, 130, i => $"198.51.100.{i}");

        one.Count(status => status == HttpStatusCode.OK).Should().BeInRange(100, 125);
        others.Should().OnlyContain(status => status == HttpStatusCode.OK, "each is an address of its own");
    }

    [Fact]
    public async Task Takes_the_address_that_the_proxy_saw_and_not_what_the_asker_put_before_it()
    {
        await using var server = await Opened.StartAsync("--LEDGER_PROXIES=127.0.0.1", "--LEDGER_LIMIT=20");
        using var http = server.Stranger();

        var answers = await Opened.ManyAsync(http, 130, i => $"198.51.100.{i}, 203.0.113.7");

        answers.Count(status => status == HttpStatusCode.OK).Should().BeInRange(100, 125);
    }
}

/// <summary>A server that is open to others: somebody keeps it, and it has a name.</summary>
internal static class Opened
{
    public static async Task<RunningServer> StartAsync(params string[] settings)
    {
        var connection = await ServersRole.DatabaseAsync();
        await using (var before = await Idlib.AdoptedAsync(connection))
        {
            await before
                .Get<PeopleRegister>()
                .EnsureAsync(
                    Guid.CreateVersion7(),
                    "Keeper",
                    [new Membership(Membership.Every, Role.Administrator, "")]
                );
            (await before.Http.PostAsync($"{Idlib.Agreement}/public-reading", """{"public": true}"""))
                .Status.Should()
                .Be(HttpStatusCode.OK);
        }

        return await RunningServer.StartAsync(connection, also: [$"--LEDGER_HOSTS={Certificates.Host}", .. settings]);
    }

    public static void HasTheHeaders(Answer answer)
    {
        string? Header(string name) =>
            answer.Response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
        Header("Strict-Transport-Security").Should().Be("max-age=31536000");
        Header("X-Content-Type-Options").Should().Be("nosniff");
        Header("Referrer-Policy").Should().Be("no-referrer");
        Header("Cross-Origin-Opener-Policy").Should().Be("same-origin");
        Header("Cross-Origin-Resource-Policy").Should().Be("same-origin");
        Header("Content-Security-Policy")
            .Should()
            .Contain("default-src 'none'")
            .And.Contain("frame-ancestors 'none'")
            .And.NotContain("unsafe");
    }

    /// <summary>By an invitation, as a browser does, and then files a report with the session.</summary>
    public static async Task SignsInAsync(RunningServer server, HttpClient plain, Func<HttpClient> withCookies)
    {
        var answer = await plain.PostAsync(
            "/api/v1/sign-in",
            new JsonObject { ["secret"] = await InviteAsync(server) }
        );
        answer.Status.Should().Be(HttpStatusCode.OK, answer.ToString());
        answer
            .Response.Headers.GetValues("Set-Cookie")
            .Single()
            .Should()
            .StartWith("__Host-ledger=ledger_s_")
            .And.Contain("secure")
            .And.Contain("httponly")
            .And.Contain("samesite=strict")
            .And.Contain("path=/")
            .And.NotContain("domain");

        using var browser = withCookies();
        browser.DefaultRequestHeaders.Add(CrossSite.Header, "1");
        browser.DefaultRequestHeaders.Add("Origin", browser.BaseAddress!.GetLeftPart(UriPartial.Authority));
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        (await browser.PostAsync("/api/v1/sign-in", new JsonObject { ["secret"] = await InviteAsync(server) }))
            .Status.Should()
            .Be(HttpStatusCode.OK);
        (await browser.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14")))
            .Status.Should()
            .Be(HttpStatusCode.Created);
    }

    private static async Task<string> InviteAsync(RunningServer server) =>
        (
            await server
                .Get<SignIns>()
                .InviteAsync(null, "Amal", [Role.Monitor.In(Idlib.Id)], null, Duration.FromDays(1), null)
        ).Secret;

    public static async Task<IReadOnlyList<HttpStatusCode>> ManyAsync(
        HttpClient http,
        int count,
        Func<int, string> forwardedFor
    )
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < count; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me")
            {
                Headers = { { "X-Forwarded-For", forwardedFor(i) } },
            };
            if (http.BaseAddress!.Scheme == "http")
            {
                request.Headers.Host = Certificates.Host;
                request.Headers.Add("X-Forwarded-Proto", "https");
            }

            statuses.Add((await http.SendAsync(request).ReadAsync()).Status);
        }

        return statuses;
    }
}
