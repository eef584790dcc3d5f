using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Ledger.Store.Tests.World;

namespace Ledger.Store.Tests;

public sealed class Telemetry
{
    [Fact]
    public async Task Counts_batches_and_says_how_far_books_and_projections_are_behind()
    {
        await using var ledger = await LedgerHost.StartAsync(with: options =>
            options with
            {
                CatchUpEvery = TimeSpan.FromMilliseconds(50),
            }
        );
        var seen = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener();
        var factory = ledger.Get<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == LedgerTelemetry.Name && instrument.Meter.Scope == factory)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>(
            (instrument, value, _, _) => seen.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value)
        );
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) =>
                seen.AddOrUpdate(
                    instrument.IsObservable ? $"{instrument.Name} {tags[0].Value}" : instrument.Name,
                    value,
                    (_, sum) => instrument.IsObservable ? value : sum + value
                )
        );
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) =>
                seen[tags.IsEmpty ? instrument.Name : $"{instrument.Name} {tags[0].Value}"] = value
        );
        listener.Start();

        await ledger.RecordAsync(Truce.Adopted());
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ledger.RecordAsync(Truce.Filed())));
        await (await ledger.BookAsync()).ReachedAsync(21);
        await ledger.CaughtUpAsync();

        seen["ledger.writer.batch.size"].Should().Be(21);
        seen["ledger.writer.batch.duration"].Should().BePositive();
        seen.Should().ContainKey("ledger.writer.outcomes recorded");
        seen["ledger.writer.proposal.duration"].Should().BeGreaterThan(seen["ledger.writer.batch.duration"]);
        Observed("ledger.writer.queue truce").Should().Be(0);
        SpinWait
            .SpinUntil(() => Observed("ledger.projection.lag verdict") == 0, TimeSpan.FromSeconds(20))
            .Should()
            .BeTrue();
        Observed("ledger.projection.delay verdict").Should().Be(0);
        Observed("ledger.book.lag truce").Should().Be(0);
        Observed("ledger.disk.free").Should().BePositive();

        double? Observed(string name)
        {
            listener.RecordObservableInstruments();
            return seen.TryGetValue(name, out var value) ? value : null;
        }
    }
}
