using System.Diagnostics;
using Ledger.Benchmarks.Measuring;
using Ledger.Benchmarks.World;
using Ledger.Store.Projections;

namespace Ledger.Benchmarks.Projections;

/// <summary>Entries a second that the projected tables take in when they are made again.</summary>
internal static class ProjectionBenchmark
{
    private const int TunedPage = 5_000;

    public static async Task RunAsync(Effort effort)
    {
        var table = new Table("", "entries", "seconds", "entries/s");
        foreach (var size in effort.ProjectedSizes)
        {
            await using var store = await MissionStore.CreateAsync(signed: true);
            var mission = new Mission(new Random(7));
            await store.RecordAllAsync(Enumerable.Range(1, size - 1).Select(i => mission.Next((double)i / size)));
            await store.StartAsync();
            await store.Projector.CaughtUpAsync();
            foreach (var projection in store.Projections)
                await MeasureAsync(projection, size, () => store.Projector.RebuildAsync(projection));
            foreach (var (name, page) in ((string, int?)[])[("Marten, defaults", null), ("Marten, tuned", TunedPage)])
            {
                using var marten = FlatReports.StoreOn(store.Connection, page);
                using var daemon = await marten.BuildProjectionDaemonAsync();
                await MeasureAsync(
                    name,
                    size,
                    () => daemon.RebuildProjectionAsync("flat", TimeSpan.FromMinutes(10), CancellationToken.None)
                );
            }
        }

        table.Print("Entries a second that tables take in when they are made again");

        async Task MeasureAsync(string name, int size, Func<Task> once)
        {
            var clock = Stopwatch.StartNew();
            await once();
            table.Add(
                name,
                size.ToString("N0"),
                Table.Number(clock.Elapsed.TotalSeconds),
                Table.Number(size / clock.Elapsed.TotalSeconds)
            );
        }
    }
}
