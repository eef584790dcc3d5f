using Ledger.Store.Projections;
using Ledger.Store.Tests.World;
using Npgsql;
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

    /// <summary>
    /// The session that stands for the other server holds its turn without end, as one does whose process was stopped;
    /// then PostgreSQL finds that nobody is at the other end.
    /// </summary>
    [Fact]
    public async Task Are_replaced_within_seconds_when_one_dies_in_the_middle()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        await ledger.CaughtUpAsync();
        await using var other = await ledger.Database.OpenConnectionAsync();
        await using var turn = await other.BeginTransactionAsync();
        await using (
            var command = new NpgsqlCommand(
                "select pg_backend_pid() from ledger.projection_progress where projection = 'incident' for update",
                other
            )
        )
        {
            var session = (int)(await command.ExecuteScalarAsync())!;
            await ledger.RecordAsync(Truce.Filed());
            await (await ledger.BookAsync()).ReachedAsync(2);
            using var impatient = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await ledger
                .Get<Projector>()
                .Invoking(projector => projector.CaughtUpAsync(impatient.Token))
                .Should()
                .ThrowAsync<OperationCanceledException>("the other server has its turn");

            await ledger.AskAsync<bool>($"select pg_terminate_backend({session})");
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await ledger.Get<Projector>().CaughtUpAsync(patience.Token);

        (await ledger.AskAsync<long>("select count(*) from ledger.incident")).Should().Be(1);
    }
}
