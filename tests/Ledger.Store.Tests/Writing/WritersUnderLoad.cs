using System.Collections.Concurrent;
using Ledger.Store.Reading;
using Ledger.Store.Tests.World;
using Ledger.Store.Writing;

namespace Ledger.Store.Tests.Writing;

public sealed class WritersUnderLoad
{
    private const int Senders = 24;
    private const int EachSends = 25;

    [Fact]
    public async Task Of_two_processes_take_turns()
    {
        await using var one = await LedgerHost.WithTruceAsync();
        await using var other = await LedgerHost.StartAsync(one.Get<LedgerStoreOptions>().ConnectionString);

        var receipts = await SendAsync([one, other], _ => Task.CompletedTask);

        receipts
            .Select(r => r.Position)
            .Should()
            .BeEquivalentTo(Enumerable.Range(2, Senders * EachSends).Select(p => (long)p));
        await one.ShouldBeWholeAsync();
    }

    [Fact]
    public async Task Lose_and_double_nothing_when_their_connections_are_cut()
    {
        await using var one = await LedgerHost.WithTruceAsync();
        await using var other = await LedgerHost.StartAsync(one.Get<LedgerStoreOptions>().ConnectionString);
        var cuts = 0L;

        var receipts = await SendAsync(
            [one, other],
            async sent =>
            {
                if (sent % 60 == 0)
                    Interlocked.Add(ref cuts, await CutAsync(one));
            }
        );

        cuts.Should().BePositive();
        receipts.Select(r => r.EntryId).Should().OnlyHaveUniqueItems().And.HaveCount(Senders * EachSends);
        receipts
            .Select(r => r.Position)
            .Should()
            .BeEquivalentTo(Enumerable.Range(2, Senders * EachSends).Select(p => (long)p));
        await one.ShouldBeWholeAsync();
    }

    /// <summary>Sends from many tasks, and again whatever was answered with "try again".</summary>
    private static async Task<ConcurrentBag<Receipt>> SendAsync(LedgerHost[] hosts, Func<int, Task> afterEach)
    {
        var receipts = new ConcurrentBag<Receipt>();
        var sent = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, Senders)
                .Select(sender =>
                    Task.Run(async () =>
                    {
                        for (var i = 0; i < EachSends; i++)
                        {
                            var filed = Truce.FiledInConfidence();
                            WriteOutcome outcome;
                            do outcome = await hosts[(sender + i) % hosts.Length].WriteAsync(filed);
                            while (outcome is WriteOutcome.Unavailable);
                            receipts.Add(outcome.Should().BeOfType<WriteOutcome.Recorded>().Subject.Receipt);
                            await afterEach(Interlocked.Increment(ref sent));
                        }
                    })
                )
        );
        return receipts;
    }

    private static async Task<long> CutAsync(LedgerHost host) =>
        await host.AskAsync<long>(
            """
            select count(pg_terminate_backend(pid)) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle' and backend_type = 'client backend' and query not like 'LISTEN%'
            """
        );
}
