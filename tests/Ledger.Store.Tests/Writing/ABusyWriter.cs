using Ledger.Store.Tests.World;
using Ledger.Store.Writing;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace Ledger.Store.Tests.Writing;

public sealed class ABusyWriter
{
    [Fact]
    public async Task Holds_senders_up_rather_than_taking_more_than_it_can_keep()
    {
        await using var ledger = await LedgerHost.WithTruceAsync(with: options =>
            options with
            {
                QueueLength = 2,
                BatchSize = 2,
            }
        );

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => ledger.WriteAsync(Truce.Filed())));

        outcomes.Should().AllBeOfType<WriteOutcome.Recorded>();
        await ledger.ShouldBeWholeAsync();
    }

    [Fact]
    public async Task Goes_on_when_senders_stop_waiting()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        using var impatient = new CancellationTokenSource();

        var sent = Enumerable.Range(0, 60).Select(_ => Truce.Filed()).ToArray();
        var waiting = sent.Select(e => ledger.Writers.WriteAsync(Truce.Id, e, impatient.Token)).ToArray();
        await impatient.CancelAsync();
        foreach (var cancelled in waiting)
            await cancelled.ContinueWith(_ => { }, TaskScheduler.Default);

        var receipts = await Task.WhenAll(sent.Select(e => ledger.RecordAsync(e)));
        receipts.Select(r => r.Position).Should().BeEquivalentTo(Enumerable.Range(2, 60).Select(p => (long)p));
    }

    [Fact]
    public async Task Writes_what_it_has_taken_before_it_stops()
    {
        var ledger = await LedgerHost.WithTruceAsync();
        var sending = Enumerable.Range(0, 200).Select(_ => ledger.WriteAsync(Truce.Filed())).ToArray();
        var connection = ledger.Get<LedgerStoreOptions>().ConnectionString;
        await sending[0];

        await ledger.DisposeAsync();

        var outcomes = await Task.WhenAll(sending);
        await using var next = await LedgerHost.StartAsync(connection);
        (await next.Reader.SizeAsync(Truce.Id)).Should().Be(1 + outcomes.OfType<WriteOutcome.Recorded>().Count());
        outcomes.Should().OnlyContain(o => o is WriteOutcome.Recorded || o is WriteOutcome.Unavailable);
    }

    [Fact]
    public async Task Records_later_than_before_though_its_clock_goes_back()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(1234567));
        await using var ledger = await LedgerHost.WithTruceAsync(clock: clock);
        var first = await ledger.RecordAsync(Truce.Filed());
        clock.AdjustTime(clock.GetUtcNow() - TimeSpan.FromHours(1));

        var second = await ledger.RecordAsync(Truce.Filed());

        (first.RecordedAt.ToUnixTimeTicks() % 10).Should().Be(0, "instants are cut to microseconds");
        second
            .RecordedAt.Should()
            .Be(first.RecordedAt + Duration.FromTicks(10), "every batch has an instant of its own");
        await ledger.ShouldBeWholeAsync();
    }
}
