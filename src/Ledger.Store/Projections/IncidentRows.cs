using System.Text.Json;
using Ledger.Domain.Entries;
using Ledger.Store.Sql;
using Ledger.Verdicts.Facts;
using NpgsqlTypes;

namespace Ledger.Store.Projections;

/// <summary>Rows of <c>incident</c>: one for each incident, under the id of the first of its reports.</summary>
internal sealed class IncidentRows(string schema)
{
    /// <summary>Rows of one statement: its parameters are held in memory as a whole.</summary>
    private const int Most = 10_000;

    public void Write(ProjectionTurn turn, IncidentChanges changes)
    {
        if (!changes.Ended.IsEmpty)
            turn.Write(
                $"delete from {schema}.incident where incident_id = any($1)",
                Statements.Of(changes.Ended.Select(IdOf).ToArray())
            );
        foreach (var begun in changes.Begun.Chunk(Most))
            Insert(turn, begun);
    }

    private static Guid IdOf(Incident incident) => incident.Reports[0].Id;

    private void Insert(ProjectionTurn turn, Incident[] incidents)
    {
        // Arrays of arrays would have to be of one length, so the reports come as text that PostgreSQL reads.
        turn.Write(
            $"""
            insert into {schema}.incident (incident_id, agreement, reports, head, kind, occurred_from, occurred_until, place, level, quantities)
            select incident_id, $1, reports::uuid[], head, kind, occurred_from, occurred_until, place, level, quantities
            from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10)
                as incident (incident_id, reports, head, kind, occurred_from, occurred_until, place, level, quantities)
            """,
            Statements.Of(turn.Agreement),
            Column(IdOf),
            Column(incident => $"{{{string.Join(',', incident.Reports.Select(report => report.Id))}}}"),
            Column(incident => incident.Head),
            Column(incident => incident.Content.Kind),
            Column(incident => incident.Content.Occurred.From.ToDateTimeUtc()),
            Column(incident => incident.Content.Occurred.Until.ToDateTimeUtc()),
            Column(incident => incident.Content.Place?.Name),
            Column(incident => WireName.Of(incident.Level)),
            new()
            {
                Value = incidents.Select(Quantities).ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
            }
        );

        Npgsql.NpgsqlParameter Column<T>(Func<Incident, T> value) => Statements.Of(incidents.Select(value).ToArray());
    }

    /// <summary>From the lowest to the highest that its reports say.</summary>
    private static string Quantities(Incident incident) =>
        JsonSerializer.Serialize(
            incident
                .Reports.SelectMany(report => report.Content.Quantities)
                .GroupBy(quantity => quantity.Key, quantity => quantity.Value, StringComparer.Ordinal)
                .ToDictionary(
                    group => group.Key,
                    group => new { Low = group.Min(q => q.Low), High = group.Max(q => q.High) },
                    StringComparer.Ordinal
                ),
            LedgerJson.Options
        );
}
