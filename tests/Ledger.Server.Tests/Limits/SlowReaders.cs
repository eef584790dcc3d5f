using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Server.Tests.Evidence;
using Npgsql;

namespace Ledger.Server.Tests.Limits;

/// <summary>A ledger that is longer than what the kernels of both sides hold for whoever does not read it.</summary>
public sealed class ALongLedger : IAsyncLifetime
{
    private const int Entries = 2_000;

    public const int Connections = 20;

    public RunningServer Server { get; private set; } = null!;

    public string File { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var connection = new NpgsqlConnectionStringBuilder(await ServersRole.DatabaseAsync())
        {
            MaxPoolSize = Connections,
            Timeout = 5,
        }.ConnectionString;
        Server = await RunningServer.StartAsync(connection, also: "--LEDGER_PATIENCE=1");
        (await Server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        var answers = (
            await Server.Http.PostAsync(
                $"{Idlib.Agreement}/reports/batch",
                string.Join('\n', Enumerable.Range(0, Entries).Select(Report)),
                "application/jsonl"
            )
        ).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var (report, photo) = (await EvidenceClient.FileAsync(Server.Http), EvidenceClient.Photo(30_000_000));
        (await EvidenceClient.PutAsync(Server.Http, report, photo)).Status.Should().Be(HttpStatusCode.Created);
        File = EvidenceClient.AddressOf(report, photo);
        (
            await Server.Http.PostAsync(
                $"/api/v1/reports/{report}/evidence",
                new EvidenceEntry(File[^64..], "image/jpeg", photo.Length)
            )
        )
            .Status.Should()
            .Be(HttpStatusCode.Created);
        answers
            .Should()
            .HaveCount(Entries)
            .And.OnlyContain(answer => answer.Contains("\"status\":201", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static string Report(int number)
    {
        var report = Idlib.Report("bombing", "2018-10-14");
        report["report"]!["summary"] = new string('x', 1_000);
        report["report"]!["evidence"] = new JsonArray([
            .. Enumerable.Range(0, 50).Select(i => JsonValue.Create($"{(number * 1000) + i:x64}")),
        ]);
        return report.ToJsonString();
    }
}

/// <summary>Those who ask for much and read nothing of it.</summary>
public sealed class SlowReaders(ALongLedger ledger) : IClassFixture<ALongLedger>
{
    [Theory]
    [InlineData($"{Idlib.Agreement}/entries.jsonl")]
    [InlineData($"{Idlib.Agreement}/entries.csv")]
    [InlineData($"/log/{Idlib.Id}/bundle.zip")]
    [InlineData($"{Idlib.Agreement}/changes?after=0")]
    public async Task Keep_no_connection_of_the_database_that_others_wait_for(string path)
    {
        var lines = new List<TcpClient>();
        try
        {
            for (var i = 0; i < ALongLedger.Connections * 2; i++)
                lines.Add(await AskAsync(path));

            (await ledger.Server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("patrol", "2018-12-01")))
                .Status.Should()
                .Be(HttpStatusCode.Created);
        }
        finally
        {
            lines.ForEach(line => line.Dispose());
        }
    }

    [Fact]
    public async Task And_slow_senders_of_batches_keep_none_either()
    {
        var (http, lines) = (ledger.Server.Http, new List<TcpClient>());
        try
        {
            for (var i = 0; i < ALongLedger.Connections * 2; i++)
            {
                var (line, report) = (new TcpClient(), Idlib.Report("patrol", "2018-12-01").ToJsonString() + "\n");
                await line.ConnectAsync(http.BaseAddress!.Host, http.BaseAddress.Port);
                await line.GetStream()
                    .WriteAsync(
                        Encoding.ASCII.GetBytes(
                            $"POST {Idlib.Agreement}/reports/batch HTTP/1.1\r\nHost: {http.BaseAddress.Authority}\r\nAuthorization: {http.DefaultRequestHeaders.Authorization}\r\nContent-Type: application/jsonl\r\nTransfer-Encoding: chunked\r\n\r\n{report.Length:x}\r\n{report}\r\n"
                        )
                    );
                await line.GetStream().ReadExactlyAsync(new byte[15]);
                lines.Add(line);
            }

            (await http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("patrol", "2018-12-01")))
                .Status.Should()
                .Be(HttpStatusCode.Created);
            await Task.WhenAll(lines.Select(CutAsync));
        }
        finally
        {
            lines.ForEach(line => line.Dispose());
        }
    }

    [Fact]
    public async Task Are_cut()
    {
        string[] paths =
        [
            $"{Idlib.Agreement}/entries.jsonl",
            $"/log/{Idlib.Id}/bundle.zip",
            $"{Idlib.Agreement}/changes?after=0",
            ledger.File,
        ];

        var lines = await Task.WhenAll(paths.Select(AskAsync));

        await Task.WhenAll(lines.Select(CutAsync));
        foreach (var line in lines)
            line.Dispose();
    }

    [Fact]
    public async Task Have_pages_that_are_not_too_long_and_lead_on()
    {
        var (next, seen) = ($"{Idlib.Agreement}/entries?limit=1000", 0L);
        while (next is not null)
        {
            var page = await ledger.Server.Http.AskAsync(next);
            page.Text.Length.Should().BeLessThan(5 << 20);
            foreach (var entry in page.Json["entries"]!.AsArray())
                entry!["position"]!.GetValue<long>().Should().Be(++seen);
            next = page.Json["next"]?.GetValue<string>();
        }

        seen.Should()
            .Be(
                (await ledger.Server.Http.AskAsync($"{Idlib.Agreement}/entries?limit=1")).Json["size"]!.GetValue<long>()
            );
    }

    /// <returns>Once the answer has begun.</returns>
    private async Task<TcpClient> AskAsync(string path)
    {
        var (http, line) = (ledger.Server.Http, new TcpClient { ReceiveBufferSize = 4_096 });
        await line.ConnectAsync(http.BaseAddress!.Host, http.BaseAddress.Port);
        await line.GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"GET {path} HTTP/1.1\r\nHost: {http.BaseAddress.Authority}\r\nAuthorization: {http.DefaultRequestHeaders.Authorization}\r\n\r\n"
                )
            );
        var head = new byte[15];
        await line.GetStream().ReadExactlyAsync(head);
        Encoding.ASCII.GetString(head).Should().Be("HTTP/1.1 200 OK", path);
        return line;
    }

    /// <summary>Nothing is read, so that the end is seen only by what can no longer be sent.</summary>
    private static Task CutAsync(TcpClient line) =>
        Eventually.Async(async () =>
        {
            try
            {
                await line.GetStream().WriteAsync("\r\n"u8.ToArray());
                return false;
            }
            catch (IOException)
            {
                return true;
            }
        });
}
