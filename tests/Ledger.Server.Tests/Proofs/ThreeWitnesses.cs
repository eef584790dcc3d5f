using Ledger.Proof.Notes;

namespace Ledger.Server.Tests.Proofs;

/// <summary>
/// The compose file of witnesses, walked as its first lines say, with a server and witnesses that are programs.
/// </summary>
public sealed class ThreeWitnesses
{
    [Fact]
    public async Task Of_whom_two_are_enough_go_on_without_one_and_take_it_back_with_its_memory()
    {
        var connection = await ServersRole.ConnectionAsync(await ServersRole.DatabaseAsync());
        var auditor = new Auditor();
        string log;
        using (var first = await ServerProcess.StartAsync(connection))
        {
            (await first.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
                .Status.Should()
                .Be(HttpStatusCode.Created);
            var (exit, said) = await auditor.RunAsync("key", "--server", first.Http.BaseAddress!.ToString());
            exit.Should().Be(0, said);
            log = said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .First(word => word.StartsWith($"ledger.local/{Idlib.Id}+", StringComparison.Ordinal));
            (await first.StopAsync()).Should().Be(0);
        }

        await using var witnesses = await ComposedWitnesses.OfAsync(log);
        var keys = new Dictionary<string, VerifierKey>(StringComparer.Ordinal);
        foreach (var name in ComposedWitnesses.Names)
            keys.Add(name, await witnesses.StartAsync(name));
        await File.WriteAllTextAsync(Path.Combine(auditor.Home, "policy"), witnesses.Policy(keys));
        using var server = await ServerProcess.StartAsync(
            connection,
            ("LEDGER_POLICY", Path.Combine(auditor.Home, "policy"))
        );

        await FileAsync(server, "2018-10-03");
        await SeenAsync(server, 2, 2, 2);
        await VerifiedAsync(auditor, server, "witnessed a, b, c");

        var gone = ComposedWitnesses.Names[1];
        (await witnesses.StopAsync(gone)).Should().Be(0);
        await FileAsync(server, "2018-10-04");
        await SeenAsync(server, 3, 2, 3);
        await VerifiedAsync(auditor, server, "witnessed a, c");

        // Two of three are gone: reports are taken all the same, and what an auditor is shown ends with what enough
        // have seen.
        (await witnesses.StopAsync(ComposedWitnesses.Names[2]))
            .Should()
            .Be(0);
        await FileAsync(server, "2018-10-05");
        await SeenAsync(server, 4, 2, 3);
        await VerifiedAsync(auditor, server, "good. 3 entries");
        await VerifiedAsync(
            auditor,
            server,
            "later     1 entry more, not yet witnessed as the policy asks: as the log alone signed them"
        );

        (await witnesses.StartAsync(gone)).Should().Be(keys[gone], "its key lies with its memory");
        await SeenAsync(server, 4, 4, 3);
        await VerifiedAsync(auditor, server, "good. 4 entries");
    }

    private static async Task FileAsync(ServerProcess server, string day) =>
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", day)))
            .Status.Should()
            .Be(HttpStatusCode.Created);

    private static Task SeenAsync(ServerProcess server, params long[] sizes) =>
        Eventually.Async(async () =>
            (await server.Http.AskAsync($"/log/{Idlib.Id}/witnesses")).Json["witnesses"]!
                .AsArray()
                .Select(witness => witness!["size"]?.GetValue<long>())
                .SequenceEqual(sizes.Select(size => (long?)size))
        );

    private static async Task VerifiedAsync(Auditor auditor, ServerProcess server, string words)
    {
        var (ended, said) = await auditor.RunAsync("verify", server.Http.BaseAddress!.ToString(), "--policy", "policy");
        ended.Should().Be(0, said);
        said.Should().Contain(words);
    }
}
