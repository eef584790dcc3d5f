using System.Diagnostics;
using Ledger.Benchmarks.Measuring;
using Ledger.Benchmarks.World;
using Marten;
using Marten.Events;

namespace Ledger.Benchmarks.Projections;

internal static class ProjectionBenchmark
{
    public static async Task RunAsync(Effort effort)
    {
        foreach (var size in (int[])[20_000])
        {
            await using var store = await MissionStore.CreateAsync(signed: true);
            var mission = new Mission(new Random(7));
            await store.RecordAllAsync(Enumerable.Range(0, size).Select(i => mission.Next((double)i / size)));
            var clock = Stopwatch.StartNew();
            await store.StartAsync();
            while (true)
            {
                await Task.Delay(1000);
                await using var command = store.Database.CreateCommand("select string_agg(name || ' ' || last_seq_id, ', ' order by name) from ledger.mt_event_progression");
                Console.WriteLine($"{clock.Elapsed.TotalSeconds:N1} s: {await command.ExecuteScalarAsync()}");
                if (clock.Elapsed.TotalSeconds > 120) break;
            }
        }
    }
}
