using System.Runtime.InteropServices;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using Ledger.Store.Sql;
using Ledger.Verdicts.Facts;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Projections;

/// <summary>
/// Rows of <c>party_conduct</c> and <c>zone_day</c>: how many reports stand for whom, and where, day by day. They are
/// written as differences to what is counted so far; what comes to nothing goes.
/// </summary>
internal sealed class DayRows(string schema)
{
    private readonly record struct Conduct(LocalDate Day, string Party, ActorRole Role, string Kind);

    private readonly record struct ZoneDay(LocalDate Day, string Zone, string Kind);

    public void Write(ProjectionTurn turn, IncidentChanges changes)
    {
        var conduct = new Dictionary<Conduct, (int Reports, int Alleged, int Corroborated, int Confirmed)>();
        var zones = new Dictionary<ZoneDay, (int Certain, int Possible)>();
        foreach (var incident in changes.Ended)
            Count(incident, -1);
        foreach (var incident in changes.Begun)
            Count(incident, 1);
        WriteConduct(turn, [.. conduct.Where(row => row.Value != default)]);
        WriteZones(turn, [.. zones.Where(row => row.Value != default)]);

        void Count(Incident incident, int once)
        {
            foreach (var report in incident.Reports)
            {
                var day = changes.Reading.TimeZone.DayOf(report.Content.Occurred.From);
                foreach (
                    var act in report
                        .Content.Actors.Select(actor => new Conduct(
                            day,
                            changes.Party(actor.Name) ?? actor.Name,
                            actor.Role,
                            report.Content.Kind
                        ))
                        .Distinct()
                )
                {
                    ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(conduct, act, out _);
                    counts.Reports += once;
                    switch (report.Level)
                    {
                        case Level.Alleged or Level.Inconclusive:
                            counts.Alleged += once;
                            break;
                        case Level.Corroborated:
                            counts.Corroborated += once;
                            break;
                        case Level.Confirmed:
                            counts.Confirmed += once;
                            break;
                    }
                }

                foreach (var zone in changes.Reading.Zones)
                {
                    var lies = changes.Zone(zone.Id, report.Content);
                    if (lies == Certainty.No)
                        continue;
                    ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(
                        zones,
                        new ZoneDay(day, zone.Id, report.Content.Kind),
                        out _
                    );
                    if (lies == Certainty.Certain)
                        counts.Certain += once;
                    else
                        counts.Possible += once;
                }
            }
        }
    }

    private void WriteConduct(
        ProjectionTurn turn,
        KeyValuePair<Conduct, (int Reports, int Alleged, int Corroborated, int Confirmed)>[] rows
    )
    {
        if (rows.Length == 0)
            return;
        turn.Write(
            $"""
            insert into {schema}.party_conduct as c (agreement, day, party, role, kind, reports, alleged, corroborated, confirmed)
            select $1, * from unnest($2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (agreement, day, party, role, kind) do update set reports = c.reports + excluded.reports,
                alleged = c.alleged + excluded.alleged, corroborated = c.corroborated + excluded.corroborated, confirmed = c.confirmed + excluded.confirmed
            """,
            [
                Statements.Of(turn.Agreement),
                .. Keys(rows),
                Column(rows, row => row.Value.Reports),
                Column(rows, row => row.Value.Alleged),
                Column(rows, row => row.Value.Corroborated),
                Column(rows, row => row.Value.Confirmed),
            ]
        );
        var fewer = rows.Where(row => row.Value.Reports < 0).ToArray();
        if (fewer.Length > 0)
            turn.Write(
                $"""
                delete from {schema}.party_conduct c using unnest($2, $3, $4, $5) as gone (day, party, role, kind)
                where c.agreement = $1 and c.day = gone.day and c.party = gone.party and c.role = gone.role and c.kind = gone.kind and c.reports = 0
                """,
                [Statements.Of(turn.Agreement), .. Keys(fewer)]
            );

        static NpgsqlParameter[] Keys<T>(KeyValuePair<Conduct, T>[] rows) =>
            [
                Column(rows, row => row.Key.Day.ToDateOnly()),
                Column(rows, row => row.Key.Party),
                Column(rows, row => WireName.Of(row.Key.Role)),
                Column(rows, row => row.Key.Kind),
            ];
    }

    private void WriteZones(ProjectionTurn turn, KeyValuePair<ZoneDay, (int Certain, int Possible)>[] rows)
    {
        if (rows.Length == 0)
            return;
        turn.Write(
            $"""
            insert into {schema}.zone_day as z (agreement, day, zone, kind, certain, possible)
            select $1, * from unnest($2, $3, $4, $5, $6)
            on conflict (agreement, day, zone, kind) do update set certain = z.certain + excluded.certain, possible = z.possible + excluded.possible
            """,
            [
                Statements.Of(turn.Agreement),
                .. Keys(rows),
                Column(rows, row => row.Value.Certain),
                Column(rows, row => row.Value.Possible),
            ]
        );
        var fewer = rows.Where(row => row.Value.Certain < 0 || row.Value.Possible < 0).ToArray();
        if (fewer.Length > 0)
            turn.Write(
                $"""
                delete from {schema}.zone_day z using unnest($2, $3, $4) as gone (day, zone, kind)
                where z.agreement = $1 and z.day = gone.day and z.zone = gone.zone and z.kind = gone.kind and z.certain = 0 and z.possible = 0
                """,
                [Statements.Of(turn.Agreement), .. Keys(fewer)]
            );

        static NpgsqlParameter[] Keys<T>(KeyValuePair<ZoneDay, T>[] rows) =>
            [
                Column(rows, row => row.Key.Day.ToDateOnly()),
                Column(rows, row => row.Key.Zone),
                Column(rows, row => row.Key.Kind),
            ];
    }

    private static NpgsqlParameter Column<TRow, T>(TRow[] rows, Func<TRow, T> value) =>
        Statements.Of(rows.Select(value).ToArray());
}
