using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Store.Projections;
using Ledger.Store.Tests.World;
using Ledger.Store.Writing;
using Npgsql;

namespace Ledger.Store.Tests.Projections;

public sealed class APageOfEntries
{
    /// <summary>
    /// A correction to another day is the most that an entry does: the incident and both days are taken back and counted
    /// again.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task Takes_six_statements_and_reads_no_table_however_long_it_is(int length)
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        ReportFiled[] reports = [.. Enumerable.Range(0, length).Select(_ => Of("North"))];
        await RecordAllAsync(ledger, reports);
        await RecordAllAsync(
            ledger,
            reports.Select(filed => new ReportCorrected
            {
                EntryId = Truce.NewId(),
                Target = filed.EntryId,
                Report = filed.Report with { Occurred = Truce.Day(9, 25) },
                Reason = "Another day",
            })
        );
        var (before, size) = (1L + length, 1L + (2 * length));
        // Without a connection nothing can be read.
        await using var batch = new NpgsqlBatch();

        var reached = await new IncidentTables(ledger.Get<LedgerStoreOptions>()).AdvanceAsync(
            new ProjectionTurn(await ledger.BookAsync(), before, size, batch),
            CancellationToken.None
        );

        reached.Should().Be(size);
        batch
            .BatchCommands.Cast<NpgsqlBatchCommand>()
            .Select(command => string.Join(' ', command.CommandText.Split(' ').Take(3)))
            .Should()
            .Equal(
                "delete from ledger.incident",
                "insert into ledger.incident",
                "insert into ledger.party_conduct",
                "delete from ledger.party_conduct",
                "insert into ledger.zone_day",
                "delete from ledger.zone_day"
            );
    }

    [Fact]
    public async Task May_end_anywhere()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        ReportFiled[] reports = [.. Enumerable.Range(0, 4).Select(i => Of(i % 2 == 0 ? "North" : "somebody"))];
        var link = new ReportsLinked { EntryId = Truce.NewId(), Reports = [.. reports.Select(r => r.EntryId)] };
        await RecordAllAsync(
            ledger,
            [
                .. reports,
                link,
                new EntryRetracted
                {
                    EntryId = Truce.NewId(),
                    Target = reports[0].EntryId,
                    Reason = "An error",
                },
                new EntryRetracted
                {
                    EntryId = Truce.NewId(),
                    Target = link.EntryId,
                    Reason = "Two roads",
                },
            ]
        );
        await ledger.CaughtUpAsync();
        var kept = await RowsAsync(ledger);
        var book = await ledger.BookAsync();
        var tables = new IncidentTables(ledger.Get<LedgerStoreOptions>());

        foreach (var length in (int[])[1, 2, 3, 5])
        {
            await ledger.AskAsync<object>(
                "with a as (delete from ledger.incident), b as (delete from ledger.party_conduct) delete from ledger.zone_day"
            );
            for (var position = 0L; position < book.Position; )
            {
                await using var batch = ledger.Database.CreateBatch();
                position = await tables.AdvanceAsync(
                    new ProjectionTurn(book, position, Math.Min(position + length, book.Position), batch),
                    CancellationToken.None
                );
                if (batch.BatchCommands.Count > 0)
                    await batch.ExecuteNonQueryAsync();
            }

            (await RowsAsync(ledger)).Should().Be(kept, $"pages of {length} entries count the same");
        }
    }

    private static ReportFiled Of(string actor) =>
        Truce.Filed() with
        {
            Report = Truce.Report() with { Actors = [new Actor(actor, ActorRole.By)] },
        };

    private static async Task RecordAllAsync(LedgerHost ledger, IEnumerable<LedgerEvent> entries)
    {
        await foreach (var outcome in ledger.Writers.WriteAllAsync(Truce.Id, entries.ToAsyncEnumerable()))
            outcome.Should().BeOfType<WriteOutcome.Recorded>();
    }

    private static Task<string?> RowsAsync(LedgerHost ledger) =>
        ledger.AskAsync<string>(
            """
            select string_agg(row, chr(10) order by row) from (
                select i::text from ledger.incident i union all select c::text from ledger.party_conduct c union all select z::text from ledger.zone_day z) as rows (row)
            """
        );
}
