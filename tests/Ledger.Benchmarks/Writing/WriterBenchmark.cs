using Ledger.Benchmarks.Measuring;
using Ledger.Benchmarks.World;

namespace Ledger.Benchmarks.Writing;

/// <summary>
/// Reports recorded a second, beside what Marten alone and PostgreSQL alone do with the same reports.
/// </summary>
internal static class WriterBenchmark
{
    /// <summary>Sessions of Marten and connections of plain PostgreSQL.</summary>
    private const int Crowd = 32;

    private const string Narrative =
        "We were on the roof of the school when we heard two aircraft from the west. The first strike hit the road by the mill, the second one the field behind it. Nobody was hurt.";
    private const string Identity = "A teacher of the village, known to the team since the spring";

    public static async Task RunAsync(Effort effort)
    {
        await using var ledger = await MissionStore.CreateAsync(signed: true);
        await using var unsealed = await MissionStore.CreateAsync(signed: false);
        await DiscardTilesAsync(unsealed);
        using var marten = await MartenAlone.CreateAsync();
        await using var rows = await PlainRows.CreateAsync();

        Contender[] contenders =
        [
            Of("ledger, 1", ledger, 1),
            Of("ledger, 32", ledger, 32),
            Of("ledger, 512", ledger, 512),
            Of("ledger, 512, unsealed", unsealed, 512),
            Contender.Crowd("ledger, 512, with secrets", 512, _ => ledger.RecordAsync(Secret(inTheClear: false))),
            Contender.Crowd("ledger, 512, secrets unsealed", 512, _ => unsealed.RecordAsync(Secret(inTheClear: true))),
            Contender.Crowd("Marten alone, 1", 1, writer => marten.AppendAsync(writer, Filed())),
            Contender.Crowd("Marten alone, 32", Crowd, writer => marten.AppendAsync(writer, Filed())),
            Contender.Crowd("INSERT, 1", 1, _ => rows.InsertAsync(Filed())),
            Contender.Crowd("INSERT, 32", Crowd, _ => rows.InsertAsync(Filed())),
            new("COPY", rows.CopyAsync),
        ];
        await Race.RunAsync(
            "Reports recorded a second, by how many senders, sessions or connections at once",
            effort,
            contenders,
            "Marten alone, 32",
            "INSERT, 32",
            "COPY",
            "ledger, 512, unsealed",
            "ledger, 512, secrets unsealed"
        );
    }

    private static Contender Of(string name, MissionStore store, int senders) =>
        Contender.Crowd(name, senders, _ => store.RecordAsync(Filed()));

    private static Domain.Entries.ReportFiled Filed() => new Mission(Random.Shared).Filed();

    /// <summary>
    /// A report with a narrative and a protected source, each under a fresh key; or with the same text where everybody
    /// may read it.
    /// </summary>
    private static Domain.Entries.ReportFiled Secret(bool inTheClear)
    {
        var filed = Filed();
        return filed with
        {
            Report = inTheClear
                ? filed.Report with
                {
                    Summary = $"{filed.Report.Summary} {Narrative} {Identity}",
                }
                : filed.Report with
                {
                    Narrative = Narrative,
                    Source = filed.Report.Source with { Identity = Identity },
                },
        };
    }

    /// <summary>
    /// The database drops the tree's tiles before it stores them; a writer that stays alive never reads them back.
    /// Without a key nothing is signed either. What is left of sealing is hashing, which the benchmark of proofs
    /// measures.
    /// </summary>
    private static async Task DiscardTilesAsync(MissionStore store)
    {
        await using var command = store.Database.CreateCommand(
            """
            create function ledger.discard() returns trigger language plpgsql as 'begin return null; end';
            create trigger discard before insert on ledger.ledger_tile for each row execute function ledger.discard();
            """
        );
        await command.ExecuteNonQueryAsync();
    }
}
