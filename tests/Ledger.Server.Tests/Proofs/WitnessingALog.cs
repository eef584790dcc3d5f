using System.Diagnostics;
using Ledger.Proof.Notes;
using Ledger.Proof.Trees;
using Ledger.Proof.Witnesses;
using Ledger.Store.Signing;
using Ledger.Testing;

namespace Ledger.Server.Tests.Proofs;

public sealed class WitnessingALog
{
    [Fact]
    public async Task Is_what_an_auditor_asks_for_and_what_a_backup_cannot_undo()
    {
        var connection = await ServersRole.DatabaseAsync();
        var log = RunningServer.LogKeyIn(RunningServer.KeyFileOf(connection));
        await using var one = await RunningWitness.StartAsync("one", log);
        await using var two = await RunningWitness.StartAsync("two", log);
        var auditor = new Auditor();
        var policy = Path.Combine(auditor.Home, "policy");
        await File.WriteAllTextAsync(
            policy,
            $"log {log}\nwitness one {one.Key} {one.Url}\nwitness two {two.Key} {two.Url}\ngroup both all one two\nquorum both\n"
        );

        string backup;
        await using (var server = await RunningServer.StartAsync(connection, also: $"--LEDGER_POLICY={policy}"))
        {
            await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption());
            await WitnessedAsync(server, 1);
        }

        backup = await TestDatabase.CopyAsync(connection);
        await using (var server = await RunningServer.StartAsync(connection, also: $"--LEDGER_POLICY={policy}"))
        {
            (await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-03")))
                .Status.Should()
                .Be(HttpStatusCode.Created);
            await WitnessedAsync(server, 2);
            var (exit, said) = await auditor.RunAsync(
                "verify",
                server.Http.BaseAddress!.ToString(),
                "--policy",
                "policy"
            );
            exit.Should().Be(0, said);
            said.Should().Contain("witnessed one, two");
            var seen = (await server.Http.AskAsync($"/log/{Idlib.Id}/witnesses")).Json["witnesses"]!.AsArray();
            seen.Select(witness => (witness!["name"]!.GetValue<string>(), witness["size"]!.GetValue<long>()))
                .Should()
                .Equal(("one", 2), ("two", 2));
        }

        // The server's own memory is lost with its disk; the witnesses remember.
        Directory.CreateDirectory(Path.GetDirectoryName(RunningServer.KeyFileOf(backup))!);
        File.Copy(RunningServer.KeyFileOf(connection), RunningServer.KeyFileOf(backup));
        await using var again = await RunningServer.StartAsync(backup, also: $"--LEDGER_POLICY={policy}");
        var refused = await again.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-03"));

        refused.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        refused.Text.Should().Contain("has cosigned 2 entries, but the database contains 1");
    }

    [Fact]
    public async Task Follows_the_protocol_and_survives_being_killed()
    {
        using var key = Ed25519Key.FromSeed(new byte[32]);
        var log = VerifierKey.OfLog("ledger.example/truce", key.PublicKey);
        SignedCheckpoint Signed(long size, string history) =>
            new Checkpoint(log.Name, size, Tree(size, history).Root).Sign(log, key.Sign);
        var witness = await RunningWitness.StartAsync("one", log);
        async Task<Answer> AddAsync(long old, long size, string history = "a", VerifierKey? by = null) =>
            await witness
                .Http.PostAsync(
                    "/add-checkpoint",
                    new StringContent(
                        new AddCheckpoint(
                            old,
                            old is 0 ? [] : Proof(old, size, history),
                            by is null
                                ? Signed(size, history)
                                : new Checkpoint(by.Name, size, Tree(size, history).Root).Sign(by, key.Sign)
                        ).ToString()
                    )
                )
                .ReadAsync();

        var first = await AddAsync(0, 3);
        first.Status.Should().Be(HttpStatusCode.OK);
        WitnessResponse.Cosignature(first.Text, Signed(3, "a"), witness.Key).Should().NotBeNull();
        (await AddAsync(3, 5)).Status.Should().Be(HttpStatusCode.OK);
        (await AddAsync(5, 5))
            .Status.Should()
            .Be(HttpStatusCode.OK, "it may have been asked before and not been heard");

        await witness.KillAsync();
        await using var after = witness = await RunningWitness.StartAsync("one", log, witness.State);

        var behind = await AddAsync(3, 7);
        (behind.Status, behind.Text, behind.Type).Should().Be((HttpStatusCode.Conflict, "5\n", "text/x.tlog.size"));
        (await AddAsync(5, 4)).Status.Should().Be(HttpStatusCode.BadRequest);
        (await AddAsync(5, 7, "b")).Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        Directory.GetFiles(witness.State, "*contradicted*").Should().ContainSingle();
        (await AddAsync(0, 7, by: VerifierKey.OfLog("ledger.example/other", key.PublicKey)))
            .Status.Should()
            .Be(HttpStatusCode.NotFound);
        (await witness.Http.PostAsync("/add-checkpoint", "nonsense")).Status.Should().Be(HttpStatusCode.BadRequest);
        (await witness.Http.AskAsync("/")).Status.Should().Be(HttpStatusCode.NotFound);
        (await AddAsync(5, 7)).Status.Should().Be(HttpStatusCode.OK);
        File.GetUnixFileMode(Path.Combine(witness.State, "witness.key"))
            .Should()
            .Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static async Task WitnessedAsync(RunningServer server, long size)
    {
        var patience = Stopwatch.StartNew();
        while (patience.Elapsed < TimeSpan.FromSeconds(30))
        {
            var answer = await server.Http.AskAsync($"/log/{Idlib.Id}/checkpoint.witnessed");
            if (answer.Status == HttpStatusCode.OK && SignedCheckpoint.Parse(answer.Text).Checkpoint.Size == size)
                return;
            await server.Get<Ledger.Server.Log.WitnessRounds>().RoundAsync(TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"The checkpoint of {size} entries was not witnessed.");
    }

    private static TileTree Tree(long size, string history)
    {
        var growth = TreeEdge.Empty.Append(
            Enumerable
                .Range(0, (int)size)
                .Select(i => MerkleHash.Leaf(System.Text.Encoding.ASCII.GetBytes(i < 2 ? $"{i}" : $"{history}{i}")))
        );
        return new TileTree(size, _ => growth.Changed[0].Hashes);
    }

    private static IReadOnlyList<Ledger.Proof.Hash> Proof(long old, long size, string history) =>
        old > size ? [] : Tree(size, history).Consistency(old);
}
