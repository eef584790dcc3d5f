using System.Collections.Immutable;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Store.Projections;
using Ledger.Store.Tests.World;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace Ledger.Store.Tests.Projections;

public sealed class TablesToAskInSql
{
    [Fact]
    public async Task Tell_when_the_house_changed_its_mind_and_why()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2018, 9, 18, 9, 0, 0, TimeSpan.Zero));
        await using var ledger = await LedgerHost.WithTruceAsync(clock: clock);
        clock.Advance(TimeSpan.FromDays(2));
        var bombing = Truce.Filed() with { Report = Truce.Report() with { Occurred = Truce.Day(9, 19) } };
        await ledger.RecordAsync(bombing);
        clock.Advance(TimeSpan.FromDays(40));
        await ledger.RecordAsync(
            new EntryRetracted
            {
                EntryId = Truce.NewId(),
                Target = bombing.EntryId,
                Reason = "It was thunder.",
            }
        );
        await ledger.CaughtUpAsync();

        (
            await ledger.AskAsync<string>(
                """
                select string_agg(concat_ws(' ', position, to_char(as_of at time zone 'utc', 'YYYY-MM-DD HH24:MI'), provision, coalesce(was, '-'), verdict, decided_by::text), chr(10) order by as_of, position, provision)
                from ledger.verdict_change
                """
            )
        )
            .Should()
            .Be(
                $$"""
                1 2018-09-18 09:00 away - pending {}
                1 2018-09-18 09:00 quiet - holding {}
                2 2018-09-20 09:00 quiet holding breached {{{bombing.EntryId}}}
                2 2018-10-10 21:00 away pending breached {}
                3 2018-10-30 09:00 quiet breached holding {}
                """.ReplaceLineEndings("\n")
            );
        (
            await ledger.AskAsync<string>(
                "select string_agg(concat_ws(' ', provision, position, life, verdict, violations), chr(10) order by provision) from ledger.provision_standing"
            )
        )
            .Should()
            .Be("away 2 in-force breached 0\nquiet 3 in-force holding 0");
    }

    [Fact]
    public async Task Show_a_deadline_that_passed_while_nothing_was_recorded()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2018, 9, 18, 9, 0, 0, TimeSpan.Zero));
        await using var ledger = await LedgerHost.WithTruceAsync(clock: clock);
        await ledger.CaughtUpAsync();

        clock.Advance(TimeSpan.FromDays(22));
        (await ledger.Get<Deadlines>().PassAsync(Truce.Id)).Should().Be(0);
        clock.Advance(TimeSpan.FromDays(1));
        (await ledger.Get<Deadlines>().PassAsync(Truce.Id)).Should().Be(1);
        (await ledger.Get<Deadlines>().PassAsync(Truce.Id)).Should().Be(0);

        (await ledger.AskAsync<string>("select verdict from ledger.provision_standing where provision = 'away'"))
            .Should()
            .Be("breached");
    }

    [Fact]
    public async Task Join_linked_reports_into_incidents_and_take_them_apart_again()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var reports = new[] { 3L, 5L, 7L }
            .Select(n =>
                Truce.Filed("withdrawal") with
                {
                    Report = Truce.Report("withdrawal") with
                    {
                        Quantities = ImmutableSortedDictionary<string, Quantity>.Empty.Add(
                            "weapons",
                            new Quantity(n, n, n)
                        ),
                    },
                }
            )
            .ToArray();
        foreach (var report in reports)
            await ledger.RecordAsync(report);
        var link = new ReportsLinked { EntryId = Truce.NewId(), Reports = [.. reports.Select(r => r.EntryId)] };
        await ledger.RecordAsync(link);
        await ledger.CaughtUpAsync();
        (await IncidentsAsync()).Should().Be("""3 {"weapons": {"low": 3, "high": 7}}""");

        await ledger.RecordAsync(
            new ReportAssessed
            {
                EntryId = Truce.NewId(),
                Target = reports[2].EntryId,
                Level = Level.Refuted,
                Grounds = "Invented",
            }
        );
        await ledger.CaughtUpAsync();
        (await IncidentsAsync()).Should().Be("""2 {"weapons": {"low": 3, "high": 5}}""");

        await ledger.RecordAsync(
            new EntryRetracted
            {
                EntryId = Truce.NewId(),
                Target = link.EntryId,
                Reason = "Two roads",
            }
        );
        await ledger.CaughtUpAsync();
        (await IncidentsAsync())
            .Should()
            .Be("""1 {"weapons": {"low": 3, "high": 3}}, 1 {"weapons": {"low": 5, "high": 5}}""");

        Task<string?> IncidentsAsync() =>
            ledger.AskAsync<string>(
                "select string_agg(cardinality(reports) || ' ' || quantities, ', ' order by quantities::text) from ledger.incident"
            );
    }

    /// <summary>What a source means by a zone that has no line yet nobody can say for certain.</summary>
    [Fact]
    public async Task Count_a_named_zone_as_certain_only_from_the_day_of_its_line_on()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        foreach (var day in (int[])[1, 3])
        {
            await ledger.RecordAsync(
                Truce.Filed() with
                {
                    Report = Truce.Report(day: day) with
                    {
                        Place = new Place { Zone = "strip", Precision = PlacePrecision.Unknown },
                    },
                }
            );
        }

        await ledger.CaughtUpAsync();
        (await ZonesAsync()).Should().Be("2018-10-01 0 1, 2018-10-03 0 1");

        await ledger.RecordAsync(
            new ZoneDelimited
            {
                EntryId = Truce.NewId(),
                Zone = "strip",
                From = new LocalDate(2018, 10, 2),
                Inner = OneOfEach.Square("36.1"),
                Outer = OneOfEach.Square("36.2"),
                Source = "A map",
            }
        );
        await ledger.CaughtUpAsync();
        (await ZonesAsync()).Should().Be("2018-10-01 0 1, 2018-10-03 1 0");

        Task<string?> ZonesAsync() =>
            ledger.AskAsync<string>(
                "select string_agg(concat_ws(' ', day, certain, possible), ', ' order by day) from ledger.zone_day"
            );
    }
}
