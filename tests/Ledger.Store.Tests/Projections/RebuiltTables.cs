using System.Collections.Immutable;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Store.Projections;
using Ledger.Store.Tests.World;
using Microsoft.Extensions.Time.Testing;

namespace Ledger.Store.Tests.Projections;

public sealed class RebuiltTables
{
    private static readonly string[] Tables =
    [
        "incident",
        "party_conduct",
        "zone_day",
        "provision_standing",
        "verdict_change",
        "verdict_progress",
    ];

    [Fact]
    public async Task Are_what_they_were_when_kept_live()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2018, 9, 18, 0, 0, 0, TimeSpan.Zero));
        await using var ledger = await LedgerHost.StartAsync(clock: clock);
        foreach (var act in Story())
        {
            foreach (var entry in act)
                await ledger.RecordAsync(entry);
            await ledger.CaughtUpAsync();
            clock.Advance(TimeSpan.FromDays(9));
            await ledger.Get<Deadlines>().PassAsync(Truce.Id);
        }

        var live = await RowsAsync(ledger);
        live.Values.Should().NotContainNulls();
        foreach (var projection in ledger.Get<IEnumerable<IProjectedTables>>())
            await ledger.Get<Projector>().RebuildAsync(projection.Name);
        await ledger.Get<Deadlines>().PassAsync(Truce.Id);

        (await RowsAsync(ledger)).Should().Equal(live);
    }

    /// <summary>
    /// Reports that are linked, corrected to another day, refuted, retracted and brought back, under two readings and
    /// past a deadline.
    /// </summary>
    private static IEnumerable<ImmutableArray<LedgerEvent>> Story()
    {
        ImmutableArray<ReportFiled> reports =
        [
            .. Enumerable.Range(0, 12).Select(i => Truce.Filed(i % 4 == 3 ? "withdrawal" : "bombing", 1 + (i % 5))),
        ];
        reports =
        [
            .. reports.Select(
                (r, i) =>
                    r with
                    {
                        Report = r.Report with
                        {
                            Occurred = Truce.Day(9, 17 + (i % 2)),
                            Actors = [new Actor(i % 3 == 0 ? "North" : "somebody", ActorRole.By)],
                        },
                    }
            ),
        ];
        var link = new ReportsLinked { EntryId = Truce.NewId(), Reports = [.. reports.Take(4).Select(r => r.EntryId)] };
        var bridge = new ReportsLinked { EntryId = Truce.NewId(), Reports = [reports[3].EntryId, reports[8].EntryId] };
        var retraction = new EntryRetracted
        {
            EntryId = Truce.NewId(),
            Target = reports[5].EntryId,
            Reason = "An error",
        };
        yield return [Truce.Adopted(), .. reports];
        yield return
        [
            link,
            bridge,
            new ReportAssessed
            {
                EntryId = Truce.NewId(),
                Target = reports[1].EntryId,
                Level = Level.Confirmed,
                Grounds = "Seen",
            },
        ];
        yield return
        [
            retraction,
            new ReportCorrected
            {
                EntryId = Truce.NewId(),
                Target = reports[0].EntryId,
                Report = reports[0].Report with { Occurred = Truce.Day(9, 25) },
                Reason = "Another day",
            },
            new ReportAssessed
            {
                EntryId = Truce.NewId(),
                Target = reports[2].EntryId,
                Level = Level.Refuted,
                Grounds = "Invented",
            },
        ];
        yield return
        [
            new EntryRetracted
            {
                EntryId = Truce.NewId(),
                Target = bridge.EntryId,
                Reason = "Not one incident",
            },
            Truce.Revised("second"),
        ];
        yield return
        [
            new EntryRetracted
            {
                EntryId = Truce.NewId(),
                Target = retraction.EntryId,
                Reason = "It was right after all",
            },
            .. reports.Select(r => r with { EntryId = Truce.NewId() }).Take(3),
        ];
    }

    private static async Task<Dictionary<string, string?>> RowsAsync(LedgerHost ledger)
    {
        var rows = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var table in Tables)
            rows[table] = await ledger.AskAsync<string>(
                $"select string_agg(t::text, chr(10) order by t::text) from ledger.{table} t"
            );
        return rows;
    }
}
