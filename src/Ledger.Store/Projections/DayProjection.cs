using System.Collections.Immutable;
using System.Text.Json;
using JasperFx.Events;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using Ledger.Store.Following;
using Ledger.Store.Reports;
using Ledger.Verdicts;
using Ledger.Verdicts.Matching;
using Marten;
using Marten.Events.Projections;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Projections;

/// <summary>
/// Keeps the tables <c>party_conduct</c> and <c>zone_day</c>: what is reported of whom, and where, day by day. A batch
/// of entries counts again every day that it touches; a new reading or line counts all days again.
/// </summary>
internal sealed class DayProjection(NpgsqlDataSource database, Books books, LedgerStoreOptions options) : IProjection
{
    public const string Name = "day";

    public async Task ApplyAsync(
        IDocumentOperations operations,
        IReadOnlyList<IEvent> events,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        foreach (
            var stream in events.Where(e => e.Data is LedgerEvent).GroupBy(e => e.StreamKey!, StringComparer.Ordinal)
        )
        {
            var book = await books.AtAsync(stream.Key, stream.Max(e => e.Version), cancellationToken);
            var (reading, zones) = book.Read(b =>
                (b.Agreement!, b.Zones(new Question(Instants.Latest, b.Position, Lens.House)).ToImmutableArray())
            );
            var histories = await ReportRows.HistoriesAsync(
                connection,
                options.Schema,
                [.. stream.Select(e => e.Id)],
                cancellationToken
            );
            var days = histories.SelectMany(Days).Select(reading.TimeZone.DayOf).Distinct().ToArray();
            if (stream.Any(e => book.Read(b => Texts.Changes((LedgerEvent)e.Data, b))))
                days = [.. days.Union(await AllDaysAsync(connection, stream.Key, reading.TimeZone, cancellationToken))];
            foreach (var day in days)
                await CountAsync(connection, operations, reading, zones, day, cancellationToken);
        }
    }

    /// <summary>Where the report was before it was corrected, too.</summary>
    private static IEnumerable<Instant> Days(ReportHistory history) =>
        history.Entries.Select(entry =>
            entry.Event switch
            {
                ReportFiled filed => filed.Report.Occurred.From,
                ReportCorrected corrected => corrected.Report.Occurred.From,
                _ => history.Report.Occurred.From,
            }
        );

    private async Task<List<LocalDate>> AllDaysAsync(
        NpgsqlConnection connection,
        string agreement,
        DateTimeZone zone,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            $"select distinct occurred_from from {options.Schema}.report where agreement = $1",
            connection
        )
        {
            Parameters = { new() { Value = agreement } },
        };
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var days = new HashSet<LocalDate>();
        while (await rows.ReadAsync(cancellationToken))
            days.Add(zone.DayOf(Instant.FromDateTimeUtc(rows.GetDateTime(0))));
        return [.. days];
    }

    private async Task CountAsync(
        NpgsqlConnection connection,
        IDocumentOperations operations,
        Agreement reading,
        ImmutableArray<Verdicts.Answers.ZoneInForce> zones,
        LocalDate day,
        CancellationToken cancellationToken
    )
    {
        var date = day.ToDateOnly();
        foreach (var table in (string[])["party_conduct", "zone_day"])
            operations.QueueSqlCommand(
                '^',
                $"delete from {options.Schema}.{table} where agreement = ^ and day = ^",
                reading.Id,
                date
            );

        var reports = await ReportsAsync(connection, reading, day, cancellationToken);
        var parties = new Parties(reading);
        var conduct = reports
            .SelectMany(report =>
                report
                    .Content.Actors.Select(actor =>
                        (Party: parties.Resolve(actor.Name) ?? actor.Name, actor.Role, report.Content.Kind, report.Level)
                    )
                    .Distinct()
            )
            .GroupBy(act => (act.Party, act.Role, act.Kind), act => act.Level);
        foreach (var acts in conduct)
        {
            operations.QueueSqlCommand(
                '^',
                $"insert into {options.Schema}.party_conduct (agreement, day, party, role, kind, reports, alleged, corroborated, confirmed) values (^, ^, ^, ^, ^, ^, ^, ^, ^)",
                reading.Id,
                date,
                acts.Key.Party,
                Words.Of(acts.Key.Role),
                acts.Key.Kind,
                acts.Count(),
                acts.Count(level => level is Level.Alleged or Level.Inconclusive),
                acts.Count(level => level == Level.Corroborated),
                acts.Count(level => level == Level.Confirmed)
            );
        }

        var inside = reports
            .SelectMany(report =>
                reading.Zones.Select(zone => (zone.Id, report.Content.Kind, Lies: Lies(zone.Id, report.Content, zones)))
            )
            .Where(report => report.Lies != Certainty.No)
            .GroupBy(report => (report.Id, report.Kind), report => report.Lies);
        foreach (var acts in inside)
        {
            operations.QueueSqlCommand(
                '^',
                $"insert into {options.Schema}.zone_day (agreement, day, zone, kind, certain, possible) values (^, ^, ^, ^, ^, ^)",
                reading.Id,
                date,
                acts.Key.Id,
                acts.Key.Kind,
                acts.Count(lies => lies == Certainty.Certain),
                acts.Count(lies => lies == Certainty.Possible)
            );
        }
    }

    private async Task<List<(Report Content, Level Level)>> ReportsAsync(
        NpgsqlConnection connection,
        Agreement reading,
        LocalDate day,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            $"select content, level from {options.Schema}.report where agreement = $1 and occurred_from >= $2 and occurred_from < $3 and not retracted and level <> 'refuted'",
            connection
        )
        {
            Parameters =
            {
                new() { Value = reading.Id },
                new() { Value = reading.TimeZone.StartOf(day).ToDateTimeUtc() },
                new() { Value = reading.TimeZone.StartOf(day.PlusDays(1)).ToDateTimeUtc() },
            },
        };
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var reports = new List<(Report, Level)>();
        while (await rows.ReadAsync(cancellationToken))
            reports.Add(
                (
                    JsonSerializer.Deserialize<Report>(rows.GetString(0), LedgerJson.Options)!,
                    Levels.All[rows.GetString(1)]
                )
            );
        return reports;
    }

    /// <summary>
    /// A source that names the zone is believed, unless its coordinates contradict it; without a known line a place is
    /// never ruled out.
    /// </summary>
    private static Certainty Lies(string zone, Report report, ImmutableArray<Verdicts.Answers.ZoneInForce> zones)
    {
        var shape = zones
            .LastOrDefault(z => z.Zone == zone && (z.From is null || z.From <= report.Occurred.From))
            ?.Shape;
        var lies = shape?.Contains(report.Place) ?? Certainty.Possible;
        return report.Place?.Zone != zone ? lies
            : lies == Certainty.No ? Certainty.Possible
            : Certainty.Certain;
    }
}
