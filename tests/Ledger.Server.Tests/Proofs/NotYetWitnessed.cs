using Ledger.Proof.Notes;
using Ledger.Server.Log;
using Ledger.Store.Signing;
using Ledger.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Ledger.Server.Tests.Proofs;

/// <summary>Witnesses come after the log, so an honest log has entries that wait for them; a dishonest one stops.</summary>
public sealed class NotYetWitnessed : IAsyncLifetime
{
    private readonly Auditor _auditor = new();
    private RunningWitness _one = null!;
    private RunningWitness _two = null!;
    private string _connection = "";
    private string Policy => Path.Combine(_auditor.Home, "policy");

    public async ValueTask InitializeAsync()
    {
        _connection = await ServersRole.DatabaseAsync();
        VerifierKey log;
        using (
            var key = LogKey.Open(
                RunningServer.KeyFileOf(_connection),
                "ledger.local",
                () => System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)
            )
        )
            log = key.For(Idlib.Id);
        _one = await RunningWitness.StartAsync("one", log);
        _two = await RunningWitness.StartAsync("two", log);
        await File.WriteAllTextAsync(
            Policy,
            $"log {log}\nwitness one {_one.Key} {_one.Url}\nwitness two {_two.Key} {_two.Url}\ngroup both all one two\nquorum both\n"
        );
    }

    [Fact]
    public async Task Is_no_tampering_and_is_said_of_servers_bundles_and_databases()
    {
        await using var server = await StartAsync(_connection);
        await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption());
        var none = await VerifyAsync(server.Address);
        await RoundAsync(server);
        await FileAsync(server, 3);
        await _auditor.FindsAllGoodAsync("bundle", Idlib.Id, "-o", "waiting.zip", "--server", server.Address);

        var (live, bundle, swept) = (
            await VerifyAsync(server.Address),
            await VerifyAsync("waiting.zip"),
            await VerifyAsync("--database", _connection)
        );

        none.Exit.Should().Be(3, none.Said);
        none.Said.Should().Contain("NOT YET WITNESSED").And.NotContain("TAMPERED").And.NotContain("good");
        foreach (var (exit, said) in (ReadOnlySpan<(int, string)>)[live, bundle, swept])
        {
            exit.Should().Be(0, said);
            said.Should().Contain("good. 1 entries").And.Contain("3 entries more, not yet witnessed");
        }
    }

    [Fact]
    public async Task Is_what_a_database_is_whose_cosignatures_are_gone_and_corrupted_ones_are_tampering()
    {
        await using var server = await StartAsync(_connection);
        await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption());
        await RoundAsync(server);
        var (without, corrupted) = (
            await TestDatabase.CopyAsync(_connection),
            await TestDatabase.CopyAsync(_connection)
        );
        await TamperedLedger.TamperAsync(without, "delete from ledger.ledger_cosignature where witness like '%two%'");
        await TamperedLedger.TamperAsync(
            corrupted,
            "update ledger.ledger_cosignature c set line = substring(c.line from 1 for 40) || (case substring(c.line from 41 for 1) when 'A' then 'B' else 'A' end) || substring(c.line from 42)"
        );

        var (kept, gone, bad) = (
            await VerifyAsync("--database", _connection),
            await VerifyAsync("--database", without),
            await VerifyAsync("--database", corrupted)
        );

        kept.Exit.Should().Be(0, kept.Said);
        gone.Exit.Should().Be(3, gone.Said);
        gone.Said.Should().Contain("NOT YET WITNESSED");
        bad.Exit.Should().Be(2, bad.Said);
    }

    [Fact]
    public async Task Stops_recording_when_every_witness_refuses()
    {
        await using (var server = await StartAsync(_connection))
        {
            await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption());
            await RoundAsync(server);
        }

        // A second history from here on, of whoever has the database and the key, and lost the server's own memory.
        var fork = await TestDatabase.CopyAsync(_connection);
        Directory.CreateDirectory(Path.GetDirectoryName(RunningServer.KeyFileOf(fork))!);
        File.Copy(RunningServer.KeyFileOf(_connection), RunningServer.KeyFileOf(fork));
        await using (var server = await StartAsync(_connection))
        {
            await FileAsync(server, 1);
            await RoundAsync(server);
        }

        await using (var server = await RunningServer.StartAsync(fork))
            await FileAsync(server, 2);
        await using var forked = await StartAsync(fork);
        await RoundAsync(forked);

        var refused = await forked.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-03"));
        var ready = await forked.Http.AskAsync("/health/ready");
        var witnesses = (await forked.Http.AskAsync($"/log/{Idlib.Id}/witnesses")).Json["witnesses"]!.AsArray();

        refused.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        refused.Json["code"]!.GetValue<string>().Should().Be("log/refused-by-witnesses");
        ready.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        ready.Text.Should().Contain("one, two");
        witnesses.Should().OnlyContain(witness => witness!["refuses"]!.GetValue<bool>());
        await using var obstinate = await StartAsync(fork, "--LEDGER_REFUSED=record");
        await FileAsync(obstinate, 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    /// <summary>Time stands still in it, so that witnesses are asked when the test says so.</summary>
    private Task<RunningServer> StartAsync(string connection, params string[] also) =>
        RunningServer.StartAsync(
            connection,
            clock: new FakeTimeProvider(DateTimeOffset.UtcNow),
            also: [$"--LEDGER_POLICY={Policy}", .. also]
        );

    private Task<(int Exit, string Said)> VerifyAsync(params string[] what) =>
        _auditor.RunAsync(["verify", .. what, "--policy", "policy"]);

    private static Task RoundAsync(RunningServer server) =>
        server.Get<WitnessRounds>().RoundAsync(TestContext.Current.CancellationToken);

    private static async Task FileAsync(RunningServer server, int reports)
    {
        for (var i = 0; i < reports; i++)
            (await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-03")))
                .Status.Should()
                .Be(HttpStatusCode.Created);
    }
}
