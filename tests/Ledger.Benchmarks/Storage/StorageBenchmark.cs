using Ledger.Benchmarks.Measuring;
using Ledger.Benchmarks.World;

namespace Ledger.Benchmarks.Storage;

/// <summary>How much room the entries of a mission take, table by table, indexes beside.</summary>
internal static class StorageBenchmark
{
    public static async Task RunAsync(Effort effort)
    {
        foreach (var size in effort.ProjectedSizes)
        {
            await using var store = await MissionStore.CreateAsync(signed: true);
            var mission = new Mission(new Random(7));
            await store.RecordAllAsync(Enumerable.Range(1, size - 1).Select(i => mission.Next((double)i / size)));
            await store.StartAsync();
            await store.Projector.CaughtUpAsync();

            var table = new Table("", "rows", "KB", "of these indexes", "bytes/entry");
            await using var ask = store.Database.CreateCommand(
                """
                select relname::text, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %s', oid::regclass), false, true, '')))[1]::text::bigint, pg_total_relation_size(oid), pg_indexes_size(oid)
                from pg_class where relnamespace = 'ledger'::regnamespace and relkind = 'r' and pg_total_relation_size(oid) > 1024 * 100 order by 3 desc
                """
            );
            await using var rows = await ask.ExecuteReaderAsync();
            while (await rows.ReadAsync())
                table.Add(
                    rows.GetString(0),
                    rows.GetInt64(1).ToString("N0"),
                    Table.Number(rows.GetInt64(2) / 1024d),
                    Table.Number(rows.GetInt64(3) / 1024d),
                    Table.Number((double)rows.GetInt64(2) / size)
                );
            table.Print($"Room that {size:N0} entries take");
        }
    }
}
