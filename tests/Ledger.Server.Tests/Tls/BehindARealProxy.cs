using System.Text;

namespace Ledger.Server.Tests.Tls;

/// <summary>The configurations of docs/security.md, run by the programs that they are for.</summary>
public sealed class BehindARealProxy
{
    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    public async Task Everything_works_as_it_does_without(string name)
    {
        using var certificates = await Certificates.MakeAsync();
        await using var server = await Opened.StartAsync("--LEDGER_PROXIES=127.0.0.1", "--LEDGER_LIMIT=20");
        await using var proxy = await Proxy.StartAsync(name, certificates, new Uri(server.Address).Port);
        using var http = certificates.Client(proxy.Port);

        // A page, its headers, and a session.
        var answer = await http.AskAsync("/plain");
        answer.Status.Should().Be(HttpStatusCode.OK, answer.ToString());
        Opened.HasTheHeaders(answer);
        await Opened.SignsInAsync(
            server,
            http,
            () => certificates.Client(proxy.Port, from: "127.0.0.8", cookies: new CookieContainer())
        );

        // Plain HTTP leads to TLS.
        using var plain = Client.To($"http://127.0.0.1:{proxy.PlainPort}");
        using var redirect = new HttpRequestMessage(HttpMethod.Get, "/plain?x=1")
        {
            Headers = { Host = Certificates.Host },
        };
        using var straight = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        redirect.RequestUri = new Uri(plain.BaseAddress!, "/plain?x=1");
        using var redirected = await straight.SendAsync(redirect);
        ((int)redirected.StatusCode).Should().BeOneOf(301, 308);
        redirected
            .Headers.Location!.ToString()
            .Should()
            .StartWith($"https://{Certificates.Host}")
            .And.EndWith("/plain?x=1");

        // A change is heard as it is recorded, through the proxy.
        using var listening = certificates.Client(proxy.Port, from: "127.0.0.9");
        using var listener = await Listener.OpenAsync(listening, $"{Idlib.Agreement}/changes");
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("shelling", "2018-10-15")))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        (await listener.TakeAsync(1)).Should().ContainSingle(heard => heard.Data.Contains("\"report_filed\""));

        // A batch of some size passes.
        var batch = Encoding.UTF8.GetBytes(
            string.Concat(
                Enumerable.Range(0, 2_000).Select(_ => $"{Idlib.Report("bombing", "2018-10-14").ToJsonString()}\n")
            )
        );
        using var sender = certificates
            .Client(proxy.Port, from: "127.0.0.10")
            .With(await File.ReadAllTextAsync(RunningServer.OperatorFileOf(server.Connection)));
        var results = await sender
            .PostAsync($"{Idlib.Agreement}/reports/batch", Client.Body(batch, "application/jsonl"))
            .ReadAsync();
        results.Status.Should().Be(HttpStatusCode.OK);
        results
            .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Should()
            .HaveCount(2_000)
            .And.OnlyContain(line => line.Contains("\"status\":201"));
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    public async Task Whoever_makes_an_address_up_is_counted_by_the_one_the_proxy_saw(string name)
    {
        using var certificates = await Certificates.MakeAsync();
        await using var server = await Opened.StartAsync(
            "--LEDGER_PROXIES=127.0.0.1",
            "--LEDGER_LIMIT=20",
            "--LEDGER_LIMIT_LOOPBACK=yes"
        );
        await using var proxy = await Proxy.StartAsync(name, certificates, new Uri(server.Address).Port);
        using var one = certificates.Client(proxy.Port, from: "127.0.0.2");
        using var other = certificates.Client(proxy.Port, from: "127.0.0.3");

        var spoofed = await Opened.ManyAsync(one, 140, i => $"203.0.113.{i}");
        var others = await Opened.ManyAsync(other, 50, _ => "127.0.0.2");

        spoofed.Count(status => status == HttpStatusCode.OK).Should().BeInRange(100, 130);
        spoofed.Should().Contain(HttpStatusCode.TooManyRequests);
        others
            .Should()
            .OnlyContain(
                status => status == HttpStatusCode.OK,
                "another client has a bucket of its own, whoever's address it claims"
            );
    }
}
