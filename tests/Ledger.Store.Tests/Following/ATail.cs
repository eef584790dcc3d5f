using Ledger.Store.Following;
using Ledger.Store.Tests.World;

namespace Ledger.Store.Tests.Following;

public sealed class ATail
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Gives_every_entry_once_and_in_order_whichever_process_wrote_it()
    {
        await using var one = await LedgerHost.WithTruceAsync();
        await using var other = await LedgerHost.StartAsync(one.Get<LedgerStoreOptions>().ConnectionString);
        using var patience = new CancellationTokenSource(Soon);

        var following = other
            .Get<Tail>()
            .AfterAsync(Truce.Id, 0, cancellationToken: patience.Token)
            .Take(101)
            .Select(e => e.Position)
            .ToListAsync(patience.Token);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? one : other).RecordAsync(Truce.Filed())));

        (await following).Should().Equal(Enumerable.Range(1, 101).Select(p => (long)p));
    }

    [Fact]
    public async Task Goes_on_when_the_listening_connection_was_cut()
    {
        await using var one = await LedgerHost.WithTruceAsync();
        await using var other = await LedgerHost.StartAsync(one.Get<LedgerStoreOptions>().ConnectionString);
        using var patience = new CancellationTokenSource(Soon);
        var following = other
            .Get<Tail>()
            .AfterAsync(Truce.Id, 1, cancellationToken: patience.Token)
            .FirstAsync(patience.Token);

        await one.AskAsync<long>(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        );
        await one.RecordAsync(Truce.Filed());

        (await following).Position.Should().Be(2);
    }
}
