using Ledger.Store.Tests.World;
using Wolverine;

namespace Ledger.Store.Tests.Projections;

public sealed class TwoServers
{
    [Fact]
    public async Task Share_the_projections_and_take_over_from_each_other()
    {
        await using var one = await LedgerHost.WithTruceAsync(mode: DurabilityMode.Balanced);
        await one.CaughtUpAsync();
        await using var other = await LedgerHost.StartAsync(
            one.Get<LedgerStoreOptions>().ConnectionString,
            mode: DurabilityMode.Balanced
        );
        await other.RecordAsync(Truce.Filed());
        await other.CaughtUpAsync();

        await one.DisposeAsync();
        var last = await other.RecordAsync(Truce.Filed());
        await other.CaughtUpAsync();

        (await other.AskAsync<long>("select position from ledger.verdict_progress")).Should().Be(last.Position);
        (await other.AskAsync<long>("select count(*) from ledger.incident")).Should().Be(2);
    }
}
