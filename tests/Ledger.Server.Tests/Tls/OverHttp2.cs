using System.Net.Sockets;
using System.Text.Json.Nodes;
using Ledger.Store.People;
using Npgsql;

namespace Ledger.Server.Tests.Tls;

/// <summary>
/// A server that ends TLS itself, and so speaks HTTP/2, with answers that are longer than what it holds for one stream.
/// </summary>
public sealed class AServerOfHttp2 : IAsyncLifetime
{
    private const int Entries = 100;

    private Certificates _certificates = null!;

    public RunningServer Server { get; private set; } = null!;

    public string Authority => $"{Certificates.Host}:{Port}";

    private int Port => new Uri(Server.Address).Port;

    public async ValueTask InitializeAsync()
    {
        _certificates = await Certificates.MakeAsync();
        var connection = new NpgsqlConnectionStringBuilder(await ServersRole.DatabaseAsync())
        {
            MaxPoolSize = 20,
            Timeout = 5,
        }.ConnectionString;
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
            (
                await before.Http.PostAsync(
                    $"{Idlib.Agreement}/reports/batch",
                    string.Join('\n', Enumerable.Range(0, Entries).Select(_ => Report())),
                    "application/jsonl"
                )
            )
                .Text.Should()
                .NotContain("\"error\"");
        }

        Server = await RunningServer.StartAsync(
            connection,
            also:
            [
                $"--LEDGER_HOSTS={Certificates.Host}",
                "--LEDGER_URL=https://127.0.0.1:0",
                $"--LEDGER_CERTIFICATE={_certificates.Chain}",
                $"--LEDGER_CERTIFICATE_KEY={_certificates.Key}",
                "--LEDGER_PATIENCE=1",
            ]
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _certificates.Dispose();
    }

    public HttpClient Client()
    {
        var http = _certificates.Client(Port);
        (http.DefaultRequestVersion, http.DefaultVersionPolicy) = (
            HttpVersion.Version20,
            HttpVersionPolicy.RequestVersionExact
        );
        return http;
    }

    public async Task<Http2Line> LineAsync(int window)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Port);
        return await Http2Line.OpenAsync(socket, _certificates.Trust(), window);
    }

    private static string Report()
    {
        var report = Idlib.Report("bombing", "2018-10-14");
        report["report"]!["summary"] = new string('x', 1_000);
        report["report"]!["evidence"] = new JsonArray([
            .. Enumerable.Range(0, 50).Select(_ => JsonValue.Create($"{Guid.NewGuid():N}{Guid.NewGuid():N}")),
        ]);
        return report.ToJsonString();
    }
}

/// <summary>
/// Those who speak HTTP/2 to have the server work for nothing. What they cost is a connection, and they lose it;
/// whoever comes at the same time is served.
/// </summary>
public sealed class OverHttp2(AServerOfHttp2 world) : IClassFixture<AServerOfHttp2>
{
    private const int Streams = 90;

    [Theory]
    [InlineData($"{Idlib.Agreement}/entries.jsonl", 0)]
    [InlineData($"{Idlib.Agreement}/entries.jsonl", int.MaxValue)]
    [InlineData($"{Idlib.Agreement}/changes?after=0", 0)]
    [InlineData($"/log/{Idlib.Id}/bundle.zip", 0)]
    [InlineData("/api/v1/agreements", 0)]
    public async Task Who_asks_and_takes_nothing_is_cut(string path, int window)
    {
        await using var line = await world.LineAsync(window);
        var streams = Enumerable.Range(0, Streams).Select(i => (2 * i) + 1).ToArray();
        foreach (var stream in streams)
            await line.AskAsync(stream, world.Authority, path);
        await Eventually.Async(() => Task.FromResult(Array.Exists(streams, line.HasBegun)));

        await ServedAsync();

        await Eventually.Async(() => Task.FromResult(Array.TrueForAll(streams, line.HasEnded)));
        line.Taken.Should().BeLessThanOrEqualTo(window == 0 ? 0 : 65_535);
    }

    [Theory]
    [InlineData($"{Idlib.Agreement}/entries.jsonl")]
    [InlineData($"{Idlib.Agreement}/changes?after=0")]
    [InlineData("/api/v1/me")]
    public async Task Who_takes_everything_back_at_once_is_cut(string path)
    {
        await using var line = await world.LineAsync(window: 65_535);

        await UntilCutAsync(line, i => line.AskAsync((2 * i) + 1, world.Authority, path, resets: true));

        await ServedAsync();
    }

    [Fact]
    public async Task Who_never_comes_to_an_end_of_their_headers_is_cut()
    {
        await using var line = await world.LineAsync(window: 65_535);
        await line.BeginAsync(1, world.Authority);

        await UntilCutAsync(line, i => line.GoOnAsync(1, i));

        await ServedAsync();
    }

    [Fact]
    public async Task Who_stops_in_the_middle_of_their_headers_is_cut()
    {
        await using var line = await world.LineAsync(window: 65_535);
        await line.BeginAsync(1, world.Authority);

        await ServedAsync();

        await Eventually.Async(() => Task.FromResult(line.IsCut));
    }

    [Fact]
    public async Task Who_asks_for_another_host_is_refused()
    {
        await using var line = await world.LineAsync(window: 65_535);

        await line.AskAsync(1, "evil.example", $"{Idlib.Agreement}/entries");

        await Eventually.Async(() => Task.FromResult(line.HasEnded(1)));
        line.Text.Should().Contain("\"status\":421").And.Contain("request/foreign-host");
    }

    /// <summary>Some thousands are more than anybody needs, and more than the server lets pile up.</summary>
    private static async Task UntilCutAsync(Http2Line line, Func<int, Task> sendAsync)
    {
        try
        {
            for (var i = 0; i < 20_000 && !line.IsCut; i++)
                await sendAsync(i);
        }
        catch (IOException)
        {
            // Hung up on in the middle of it.
        }

        await Eventually.Async(() => Task.FromResult(line.IsCut));
    }

    private async Task ServedAsync()
    {
        using var other = world.Client();
        (await other.AskAsync($"{Idlib.Agreement}/entries?limit=1")).Status.Should().Be(HttpStatusCode.OK);
    }
}
