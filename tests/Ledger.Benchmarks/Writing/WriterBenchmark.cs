using Ledger.Benchmarks.Measuring;
using Ledger.Benchmarks.World;

namespace Ledger.Benchmarks.Writing;

/// <summary>Reports recorded a second, beside what Marten alone and PostgreSQL alone do with the same reports.</summary>
internal static class WriterBenchmark
{
    private const int Crowd = 32;

    public static async Task RunAsync(Effort effort)
    {
        await using var ledger = await MissionStore.CreateAsync();
        await using var unstored = await MissionStore.CreateAsync();
        await DiscardTilesAsync(unstored);
        await using var unsigned = await MissionStore.CreateAsync(signs: false);
        using var marten = await MartenAlone.CreateAsync();
        await using var rows = await PlainRows.CreateAsync();

        Contender[] contenders =
        [
            Of("ledger, 1 sender", ledger, 1),
            Of("ledger, 32 senders", ledger, 32),
            Of("ledger, 512 senders", ledger, 512),
            Of("ledger, 512, tree not stored", unstored, 512),
            Of("ledger, 32, not signed", unsigned, 32),
            Of("ledger, 512, not signed", unsigned, 512),
            Contender.Crowd("Marten alone, 1 writer", 1, _ => marten.AppendAsync(Filed())),
            Contender.Crowd("Marten alone, 32 writers", Crowd, _ => marten.AppendAsync(Filed())),
            Contender.Crowd("INSERT, 1 connection", 1, _ => rows.InsertAsync(Filed())),
            Contender.Crowd("INSERT, 32 connections", Crowd, _ => rows.InsertAsync(Filed())),
            new("COPY", rows.CopyAsync),
        ];
        await Race.RunAsync("Reports recorded a second", effort, contenders, "Marten alone, 32 writers", "INSERT, 32 connections", "COPY", "ledger, 512, tree not stored");
    }

    private static Contender Of(string name, MissionStore store, int senders) => Contender.Crowd(name, senders, _ => store.RecordAsync(Filed()));

    private static Domain.Entries.ReportFiled Filed() => new Mission(Random.Shared).Filed();

    /// <summary>
    /// The database drops the tree's tiles before it stores them; a writer that stays alive never reads them back. What is left of sealing is hashing, which
    /// the benchmark of proofs measures.
    /// </summary>
    private static async Task DiscardTilesAsync(MissionStore store)
    {
        await using var command = store.Database.CreateCommand("""
            create function ledger.discard() returns trigger language plpgsql as 'begin return null; end';
            create trigger discard before insert on ledger.ledger_tile for each row execute function ledger.discard();
            """);
        await command.ExecuteNonQueryAsync();
    }
}
