using System.Diagnostics;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Store.Reading;
using Ledger.Store.Tests.World;
using Ledger.Store.Writing;
using Npgsql;

namespace Ledger.Store.Tests.Writing;

/// <summary>
/// Trips to the database cost the same on every machine. Npgsql tells of each; those of a writer belong to its activity.
/// </summary>
public sealed class WhatABatchAsksOfTheDatabase
{
    [Fact]
    public async Task Is_two_trips_for_one_report()
    {
        await using var ledger = await WarmAsync();

        var trips = await TripsAsync(ledger, () => ledger.RecordAsync(Truce.Filed()));

        trips.Should().Be(2, "one trip locks and looks, the other appends, seals and commits");
        await ledger.ShouldBeWholeAsync();
    }

    [Fact]
    public async Task Is_two_trips_for_whatever_is_said_of_reports_with_sealed_parts()
    {
        await using var ledger = await WarmAsync();
        var handle = Guid.NewGuid();
        var filed = Sealed();
        await ledger.RecordAsync(filed);

        (await TripsAsync(ledger, () => ledger.RecordAsync(Sealed()))).Should().Be(2);
        (
            await TripsAsync(
                ledger,
                () =>
                    ledger.RecordAsync(
                        new ReportAssessed
                        {
                            EntryId = Truce.NewId(),
                            Target = filed.EntryId,
                            Level = Level.Confirmed,
                            Grounds = "Seen",
                        }
                    )
            )
        ).Should().Be(2);
        await ledger.ShouldBeWholeAsync();

        ReportFiled Sealed()
        {
            var plain = Truce.Filed();
            return plain with
            {
                Report = plain.Report with
                {
                    Narrative = "We saw it from the roof.",
                    Seal = plain.Report.Seal with { Reporter = handle },
                },
            };
        }
    }

    [Fact]
    public async Task Is_no_more_for_many_reports_than_for_one()
    {
        await using var ledger = await WarmAsync();

        WriteOutcome[] outcomes = [];
        var trips = await TripsAsync(
            ledger,
            async () =>
                outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => ledger.WriteAsync(Truce.Filed())))
        );

        outcomes.Should().AllBeOfType<WriteOutcome.Recorded>();
        var batches = outcomes
            .Cast<WriteOutcome.Recorded>()
            .Select(outcome => outcome.Receipt.RecordedAt)
            .Distinct()
            .Count();
        batches.Should().BeLessThan(50);
        trips.Should().Be(2 * batches);
        await ledger.ShouldBeWholeAsync();
    }

    /// <summary>The first batches of a process look at what was signed, and read the text of the agreement.</summary>
    private static async Task<LedgerHost> WarmAsync()
    {
        var ledger = await LedgerHost.WithTruceAsync();
        await ledger.RecordAsync(Truce.Filed());
        return ledger;
    }

    private static async Task<int> TripsAsync(LedgerHost ledger, Func<Task> write)
    {
        var (trips, database) = (0, new NpgsqlConnectionStringBuilder(ledger.Connection).Database);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is LedgerTelemetry.Name or "Npgsql",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                // Other tests write to databases of their own meanwhile.
                if (
                    activity is { Source.Name: "Npgsql", Parent.OperationName: "ledger.write" }
                    && database!.Equals(activity.GetTagItem("db.namespace"))
                )
                    Interlocked.Increment(ref trips);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await write();
        return trips;
    }
}
