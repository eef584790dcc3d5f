using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Ledger.Proof;
using Ledger.Proof.Trees;
using Ledger.Proof.Witnesses;
using Ledger.Testing;

namespace Ledger.Server.Tests.Proofs;

public sealed class AfterACrash
{
    private const int Senders = 8;
    private const int BetweenCrashes = 60;
    private const int Crashes = 6;

    [Fact]
    public async Task Tree_entries_events_and_checkpoints_agree_and_every_receipt_can_be_proved()
    {
        var connection = await ServersRole.DatabaseAsync();
        var receipts = new ConcurrentBag<JsonNode>();
        using var steady = await ServerProcess.StartAsync(connection, ("LEDGER_NODES", "many"));
        (await steady.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        for (var crash = 0; crash < 2; crash++)
        {
            using var doomed = await ServerProcess.StartAsync(connection, ("LEDGER_NODES", "many"));
            var (before, enough, killed) = (receipts.Count, new TaskCompletionSource(), false);
            var sending = Enumerable
                .Range(0, Senders)
                .Select(sender =>
                    Task.Run(async () =>
                    {
                        while (!Volatile.Read(ref killed))
                        {
                            var answer = await (sender % 2 == 0 ? steady : doomed).Http.PostAsync(
                                $"{Idlib.Agreement}/reports",
                                Idlib.Report("bombing", "2018-10-14")
                            );
                            if (answer.Status == HttpStatusCode.Created)
                                receipts.Add(answer.Json);
                            if (receipts.Count >= before + BetweenCrashes)
                                enough.TrySetResult();
                        }
                    })
                )
                .ToArray();
            await enough.Task;
            await doomed.KillAsync();
            Volatile.Write(ref killed, true);
            // Whoever spoke to the killed one lost its connection.
            await Task.WhenAll(sending).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        var auditor = new Auditor();
        await auditor.FindsAllGoodAsync("verify", steady.Http.BaseAddress!.ToString());
        await auditor.FindsAllGoodAsync("verify", "--database", connection);
        var policy = TlogPolicy.Parse(await steady.Http.GetByteArrayAsync($"/log/{Idlib.Id}/policy"));
        receipts.Count.Should().BeGreaterThanOrEqualTo(2 * BetweenCrashes);
        foreach (var receipt in receipts)
        {
            var proof = TlogProof.Parse(await steady.Http.GetByteArrayAsync(receipt["proof"]!.GetValue<string>()));
            proof
                .Verify(new Hash(Convert.FromHexString(receipt["hash"]!.GetValue<string>())), policy)
                .Holds.Should()
                .BeTrue();
        }
    }

    [Fact]
    public async Task After_many_of_them_of_server_and_database_at_random_points_nothing_acknowledged_is_missing()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await using var database = await OwnCluster.StartAsync();
        var server = await ServerProcess.StartAsync(database.Connection);
        (await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        var (receipts, reporter) = (new ConcurrentDictionary<string, JsonNode>(StringComparer.Ordinal), Guid.NewGuid());
        for (var crash = 0; crash < Crashes; crash++)
        {
            var (enough, until, stopped) = (
                new TaskCompletionSource(),
                receipts.Count + random.Next(1, BetweenCrashes),
                false
            );
            var running = server;
            var sending = Enumerable
                .Range(0, Senders)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (!Volatile.Read(ref stopped))
                        {
                            var report = Idlib.Report("bombing", "2018-10-14");
                            report["report"]!["narrative"] = "Heard at the bridge.";
                            report["report"]!["handles"] = new JsonObject { ["reporter"] = reporter.ToString() };
                            var answer = await running.Http.PostAsync($"{Idlib.Agreement}/reports", report);
                            if (answer.Status == HttpStatusCode.Created)
                                receipts.TryAdd(report["entryId"]!.GetValue<string>(), answer.Json);
                            if (receipts.Count >= until)
                                enough.TrySetResult();
                        }
                    })
                )
                .ToArray();
            await enough.Task;

            // The database alone, the server alone, then both.
            if (crash % 3 != 1)
                await database.CrashAsync();
            if (crash % 3 != 0)
                await server.KillAsync();
            Volatile.Write(ref stopped, true);
            await Task.WhenAll(sending).ContinueWith(_ => { }, TaskScheduler.Default);
            if (crash % 3 != 1)
                await database.StartAgainAsync();
            if (crash % 3 == 0)
                await server.KillAsync();
            server.Dispose();
            server = await ServerProcess.StartAsync(database.Connection);
        }

        using (server)
        {
            var auditor = new Auditor();
            await auditor.FindsAllGoodAsync("verify", server.Http.BaseAddress!.ToString());
            var (exit, said) = await auditor.SweepAsync(
                database.Connection,
                Path.Combine(Path.GetDirectoryName(RunningServer.KeyFileOf(database.Connection))!, "master.key")
            );
            exit.Should().Be(0, $"seed {seed}: {said}");
            said.Should().NotContain(" 0 opened");
            var held = (await server.Http.AskAsync($"{Idlib.Agreement}/entries.jsonl"))
                .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonNode.Parse(line)!)
                .ToDictionary(
                    entry => entry["entry"]!.GetValue<string>(),
                    entry => entry["position"]!.GetValue<long>()
                );
            foreach (var (entry, receipt) in receipts)
                held[entry].Should().Be(receipt["position"]!.GetValue<long>(), $"seed {seed}");
        }
    }
}
