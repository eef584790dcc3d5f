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

    [Fact]
    public async Task Tree_entries_events_and_checkpoints_agree_and_every_receipt_can_be_proved()
    {
        var connection = await TestDatabase.CreateAsync();
        var receipts = new ConcurrentBag<JsonNode>();
        using var steady = await ServerProcess.StartAsync(connection, ("LEDGER_NODES", "many"));
        (await steady.Http.PostAsync("/api/v1/agreements", Idlib.Adoption())).Status.Should().Be(HttpStatusCode.Created);
        for (var crash = 0; crash < 2; crash++)
        {
            using var doomed = await ServerProcess.StartAsync(connection, ("LEDGER_NODES", "many"));
            var (before, enough, killed) = (receipts.Count, new TaskCompletionSource(), false);
            var sending = Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
            {
                while (!Volatile.Read(ref killed))
                {
                    var answer = await (sender % 2 == 0 ? steady : doomed).Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14"));
                    if (answer.Status == HttpStatusCode.Created)
                        receipts.Add(answer.Json);
                    if (receipts.Count >= before + BetweenCrashes)
                        enough.TrySetResult();
                }
            })).ToArray();
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
            proof.Verify(new Hash(Convert.FromHexString(receipt["hash"]!.GetValue<string>())), policy).Holds.Should().BeTrue();
        }
    }
}
