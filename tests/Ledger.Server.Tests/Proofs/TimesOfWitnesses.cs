using System.Globalization;
using Ledger.Proof.Witnesses;
using Microsoft.Extensions.Time.Testing;

namespace Ledger.Server.Tests.Proofs;

/// <summary>Cosignatures have times, which say when an entry must have been recorded, whatever the ledger says.</summary>
public sealed class TimesOfWitnesses : IAsyncLifetime
{
    private TwoWitnesses _witnesses = null!;

    public async ValueTask InitializeAsync() => _witnesses = await TwoWitnesses.StartAsync();

    [Fact]
    public async Task Bound_when_an_entry_was_recorded()
    {
        await using var server = await _witnesses.ServerAsync();
        await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption());
        await TwoWitnesses.RoundAsync(server);
        await TwoWitnesses.FileAsync(server, 2);
        await TwoWitnesses.RoundAsync(server);
        await TwoWitnesses.FileAsync(server, 1);
        await _witnesses.Auditor.FindsAllGoodAsync("bundle", Idlib.Id, "-o", "log.zip", "--server", server.Address);

        foreach (
            var source in (string[][])
                [
                    [server.Address],
                    ["log.zip"],
                    ["--database", _witnesses.Connection],
                ]
        )
        {
            var (exit, said) = await _witnesses.VerifyAsync([.. source, "--entry", "2"]);
            exit.Should().Be(0, said);
            said.Should()
                .Contain("no entry says that it was recorded when witnesses rule it out")
                .And.MatchRegex(
                    "entry 2: recorded at .* by its own account; not before .*Z, when witnesses were shown 1 entries; not after .*Z, when witnesses had seen 3"
                );
            (await _witnesses.VerifyAsync([.. source, "--entry", "1"]))
                .Said.Should()
                .Contain("no witness vouches that it was not recorded before; not after");
            (await _witnesses.VerifyAsync([.. source, "--entry", "4"]))
                .Said.Should()
                .Contain(
                    "when witnesses were shown 3 entries; no witness vouches that it had been recorded by any time"
                );
            (await _witnesses.VerifyAsync([.. source, "--entry", "5"])).Exit.Should().Be(1);
        }
    }

    [Fact]
    public async Task Are_told_beside_the_proof_of_an_entry_with_the_sizes_that_prove_them()
    {
        await using var server = await _witnesses.ServerAsync();
        await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption());
        await TwoWitnesses.RoundAsync(server);
        await TwoWitnesses.FileAsync(server, 2);
        var waiting = await server.Http.AskAsync($"{Idlib.Agreement}/entries/3/witnessed");
        await TwoWitnesses.RoundAsync(server);

        var answer = await server.Http.AskAsync($"{Idlib.Agreement}/entries/3/witnessed");
        var proof = TlogProof.Parse((await server.Http.AskAsync($"{Idlib.Agreement}/entries/3/proof?size=3")).Text);

        waiting.Json["notBefore"]!["size"]!.GetValue<long>().Should().Be(1);
        waiting.Json["notAfter"].Should().BeNull();
        answer.Json["notBefore"]!["size"]!.GetValue<long>().Should().Be(1);
        answer.Json["notAfter"]!["size"]!.GetValue<long>().Should().Be(3);
        var policy = TlogPolicy.Parse(await File.ReadAllBytesAsync(_witnesses.Policy));
        var times = policy.TimesOf(policy.Verify(proof.Checkpoint))!;
        DateTimeOffset
            .Parse(answer.Json["notAfter"]!["at"]!.GetValue<string>(), CultureInfo.InvariantCulture)
            .ToUnixTimeSeconds()
            .Should()
            .Be(times.By);
        (await server.Http.AskAsync($"{Idlib.Agreement}/entries/4/witnessed"))
            .Status.Should()
            .Be(HttpStatusCode.NotFound);
        (await server.Http.AskAsync($"{Idlib.Agreement}/entries/0/witnessed"))
            .Status.Should()
            .Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Contradict_an_entry_that_is_dated_before_them()
    {
        await using var server = await _witnesses.ServerAsync(
            clock: new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(-2))
        );
        await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption());
        await TwoWitnesses.RoundAsync(server);
        await TwoWitnesses.FileAsync(server, 1);

        await FoundAsync(server, _witnesses.Auditor, "entry/recorded-before-witnessed", position: 2);
    }

    [Fact]
    public async Task Contradict_an_entry_that_is_dated_after_them_whatever_the_auditors_clock_says()
    {
        await using var server = await _witnesses.ServerAsync(
            clock: new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(1))
        );
        await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption());
        await TwoWitnesses.RoundAsync(server);

        await FoundAsync(
            server,
            _witnesses.Auditor.Twin(new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(3))),
            "entry/recorded-after-witnessed",
            position: 1
        );
    }

    public ValueTask DisposeAsync() => _witnesses.DisposeAsync();

    private async Task FoundAsync(RunningServer server, Auditor auditor, string code, long position)
    {
        await auditor.FindsAllGoodAsync("bundle", Idlib.Id, "-o", "log.zip", "--server", server.Address);
        foreach (
            var source in (string[][])
                [
                    [server.Address],
                    ["log.zip"],
                    ["--database", _witnesses.Connection],
                ]
        )
        {
            var (exit, said) = await auditor.RunAsync(["verify", .. source, "--policy", "policy"]);
            exit.Should().Be(2, said);
            said.Should().Contain(code).And.Contain($"position {position}");
        }
    }
}
