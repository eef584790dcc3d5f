using Ledger.Proof.Notes;
using Ledger.Testing;

namespace Ledger.Server.Tests.Proofs;

/// <summary>Witnesses come after the log, so an honest log has entries that wait for them; a dishonest one stops.</summary>
public sealed class NotYetWitnessed : IAsyncLifetime
{
    private TwoWitnesses _witnesses = null!;

    public async ValueTask InitializeAsync() => _witnesses = await TwoWitnesses.StartAsync();

    [Fact]
    public async Task Is_no_tampering_and_is_said_of_servers_bundles_and_databases()
    {
        await using var server = await _witnesses.ServerAsync();
        await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption());
        var none = await _witnesses.VerifyAsync(server.Address);
        await TwoWitnesses.RoundAsync(server);
        await TwoWitnesses.FileAsync(server, 3);
        await _witnesses.Auditor.FindsAllGoodAsync("bundle", Idlib.Id, "-o", "waiting.zip", "--server", server.Address);

        var (live, bundle, swept) = (
            await _witnesses.VerifyAsync(server.Address),
            await _witnesses.VerifyAsync("waiting.zip"),
            await _witnesses.VerifyAsync("--database", _witnesses.Connection)
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
        await using var server = await _witnesses.ServerAsync();
        await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption());
        await TwoWitnesses.RoundAsync(server);
        var (without, corrupted) = (
            await TestDatabase.CopyAsync(_witnesses.Connection),
            await TestDatabase.CopyAsync(_witnesses.Connection)
        );
        await TamperedLedger.TamperAsync(without, "delete from ledger.ledger_cosignature where witness like '%two%'");
        await TamperedLedger.TamperAsync(
            corrupted,
            "update ledger.ledger_cosignature c set line = substring(c.line from 1 for 40) || (case substring(c.line from 41 for 1) when 'A' then 'B' else 'A' end) || substring(c.line from 42)"
        );

        var (kept, gone, bad) = (
            await _witnesses.VerifyAsync("--database", _witnesses.Connection),
            await _witnesses.VerifyAsync("--database", without),
            await _witnesses.VerifyAsync("--database", corrupted)
        );

        kept.Exit.Should().Be(0, kept.Said);
        gone.Exit.Should().Be(3, gone.Said);
        gone.Said.Should().Contain("NOT YET WITNESSED");
        bad.Exit.Should().Be(2, bad.Said);
    }

    [Fact]
    public async Task Is_not_published_where_the_operator_wants_witnessed_checkpoints_only()
    {
        await using var server = await _witnesses.ServerAsync(also: "--LEDGER_PUBLISH=witnessed");
        await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption());
        var nothing = await server.Http.AskAsync($"/log/{Idlib.Id}/checkpoint");
        await TwoWitnesses.RoundAsync(server);
        await TwoWitnesses.FileAsync(server, 3);

        var (shown, inside) = (
            await server.Http.AskAsync($"/log/{Idlib.Id}/checkpoint"),
            await server.Http.AskAsync($"/log/{Idlib.Id}/tile/entries/000.p/1")
        );
        var (exit, said) = await _witnesses.VerifyAsync(server.Address);
        await _witnesses.Auditor.FindsAllGoodAsync("bundle", Idlib.Id, "-o", "shown.zip", "--server", server.Address);

        nothing.Status.Should().Be(HttpStatusCode.NotFound);
        SignedCheckpoint.Parse(shown.Text).Checkpoint.Size.Should().Be(1);
        inside.Status.Should().Be(HttpStatusCode.OK);
        exit.Should().Be(0, said);
        said.Should().Contain("good. 1 entries").And.NotContain("not yet witnessed");
        (await _witnesses.VerifyAsync("shown.zip")).Said.Should().Contain("good. 1 entries").And.NotContain("more,");
        foreach (
            var beyond in (string[])
                [
                    $"/log/{Idlib.Id}/tile/entries/000.p/4",
                    $"/log/{Idlib.Id}/tile/0/000.p/4",
                    $"/log/{Idlib.Id}/bundle.zip?size=4",
                    $"/log/{Idlib.Id}/consistency?from=1&size=4",
                    $"{Idlib.Agreement}/entries/4/proof",
                    $"{Idlib.Agreement}/entries/1/proof?size=4",
                ]
        )
            (await server.Http.AskAsync(beyond)).Status.Should().Be(HttpStatusCode.NotFound, beyond);
        await TwoWitnesses.RoundAsync(server);
        (await server.Http.AskAsync($"{Idlib.Agreement}/entries/4/proof")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Stops_recording_when_every_witness_refuses()
    {
        await using (var server = await _witnesses.ServerAsync())
        {
            await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption());
            await TwoWitnesses.RoundAsync(server);
        }

        // A second history from here on, of whoever has the database and the key, and lost the server's own memory.
        var fork = await TestDatabase.CopyAsync(_witnesses.Connection);
        Directory.CreateDirectory(Path.GetDirectoryName(RunningServer.KeyFileOf(fork))!);
        File.Copy(RunningServer.KeyFileOf(_witnesses.Connection), RunningServer.KeyFileOf(fork));
        await using (var server = await _witnesses.ServerAsync())
        {
            await TwoWitnesses.FileAsync(server, 1);
            await TwoWitnesses.RoundAsync(server);
        }

        await using (var server = await RunningServer.StartAsync(fork))
            await TwoWitnesses.FileAsync(server, 2);
        await using var forked = await _witnesses.ServerAsync(fork);
        await TwoWitnesses.RoundAsync(forked);

        var refused = await forked.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-03"));
        var ready = await forked.Http.AskAsync("/health/ready");
        var witnesses = (await forked.Http.AskAsync($"/log/{Idlib.Id}/witnesses")).Json["witnesses"]!.AsArray();

        refused.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        refused.Json["code"]!.GetValue<string>().Should().Be("log/refused-by-witnesses");
        ready.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        ready.Text.Should().Contain("one, two");
        witnesses.Should().OnlyContain(witness => witness!["refuses"]!.GetValue<bool>());
        await using var obstinate = await _witnesses.ServerAsync(fork, also: "--LEDGER_REFUSED=record");
        await TwoWitnesses.FileAsync(obstinate, 1);
    }

    public ValueTask DisposeAsync() => _witnesses.DisposeAsync();
}
