using Ledger.Store.Reading;
using Ledger.Store.Tests.World;
using Ledger.Store.Writing;
using Ledger.Testing;

namespace Ledger.Store.Tests.Writing;

public sealed class WhileTheDatabaseIsAway
{
    [Fact]
    public async Task Nobody_hangs_and_nothing_acknowledged_is_lost_or_doubled()
    {
        await using var database = await OwnCluster.StartAsync();
        await using var ledger = await LedgerHost.WithTruceAsync(
            database.Connection,
            with: options => options with { RetryFor = TimeSpan.FromMilliseconds(300) }
        );
        var book = await ledger.BookAsync();
        var before = await ledger.RecordAsync(Truce.Filed());

        await database.StopAsync();
        var sent = Enumerable.Range(0, 20).Select(_ => Truce.Filed()).ToArray();
        (await Task.WhenAll(sent.Select(e => ledger.WriteAsync(e)))).Should().AllBeOfType<WriteOutcome.Unavailable>();

        await database.StartAgainAsync();
        var receipts = new List<Receipt>();
        foreach (var filed in sent.Concat(sent))
        {
            WriteOutcome outcome;
            do outcome = await ledger.WriteAsync(filed);
            while (outcome is WriteOutcome.Unavailable);
            receipts.Add(((WriteOutcome.Recorded)outcome).Receipt with { Repeated = false });
        }

        receipts.Distinct().Should().HaveCount(sent.Length);
        receipts.Max(r => r.Position).Should().Be(before.Position + sent.Length);
        await book.ReachedAsync(before.Position + sent.Length);
        await ledger.ShouldBeWholeAsync();
    }

    [Fact]
    public async Task A_crash_under_load_keeps_what_was_acknowledged()
    {
        await using var database = await OwnCluster.StartAsync();
        await using var ledger = await LedgerHost.WithTruceAsync(database.Connection);

        var sending = Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        var receipts = new List<Receipt>();
                        for (var i = 0; i < 30; i++)
                            receipts.Add(await ledger.RecordAsync(Truce.FiledInConfidence()));
                        return receipts;
                    })
                )
        );
        await ledger.Get<Ledger.Store.Following.StreamEnds>().LongerThanAsync(Truce.Id, 20, CancellationToken.None);
        await database.StopAsync();
        await database.StartAgainAsync();

        var receipts = (await sending).SelectMany(r => r).ToArray();
        receipts.Select(r => r.Position).Should().BeEquivalentTo(Enumerable.Range(2, 240).Select(p => (long)p));
        await ledger.ShouldBeWholeAsync();
    }
}
