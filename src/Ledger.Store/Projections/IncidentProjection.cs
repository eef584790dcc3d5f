using System.Collections.Immutable;
using System.Text.Json;
using JasperFx.Events;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Store.Following;
using Ledger.Store.Reports;
using Ledger.Verdicts.Facts;
using Marten;
using Marten.Events.Projections;
using Npgsql;

namespace Ledger.Store.Projections;

/// <summary>
/// Keeps the table <c>incident</c>: live reports that live links tie together, or one alone, as verdicts count them. A
/// batch of entries makes every incident that it touches again from the log, so that doing it twice changes nothing.
/// </summary>
internal sealed class IncidentProjection(NpgsqlDataSource database, Books books, LedgerStoreOptions options)
    : IProjection
{
    public const string Name = "incident";

    public async Task ApplyAsync(
        IDocumentOperations operations,
        IReadOnlyList<IEvent> events,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        foreach (
            var agreement in events.Where(e => e.Data is LedgerEvent).GroupBy(e => e.StreamKey!, StringComparer.Ordinal)
        )
        {
            var book = await books.AtAsync(agreement.Key, agreement.Max(e => e.Version), cancellationToken);
            // Another reading may count corroboration in another way.
            Guid[] speaking = agreement.Any(e => book.Read(b => Texts.Changes((LedgerEvent)e.Data, b)))
                ? await AllAsync(connection, agreement.Key, cancellationToken)
                : [.. agreement.Select(e => e.Id)];
            var touched = await ReportRows.HistoriesAsync(connection, options.Schema, speaking, cancellationToken);
            var reports = await ConnectedAsync(connection, touched, cancellationToken);
            if (reports.Count == 0)
                continue;
            var corroboratedBy = book.Read(b => b.Agreement!.Evidence.CorroboratedBy);
            operations.QueueSqlCommand(
                '^',
                $"delete from {options.Schema}.incident where reports && ^",
                reports.Keys.ToArray()
            );
            foreach (var incident in Groups(reports).Select(group => Incident(group, corroboratedBy)).OfType<Fact>())
                Insert(operations, agreement.Key, incident);
        }
    }

    private async Task<Guid[]> AllAsync(
        NpgsqlConnection connection,
        string agreement,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            $"select coalesce(array_agg(report_id), array[]::uuid[]) from {options.Schema}.report where agreement = $1",
            connection
        )
        {
            Parameters = { new() { Value = agreement } },
        };
        return (Guid[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>
    /// All reports that links tie to the given ones, and those that share an incident with them so far.
    /// </summary>
    private async Task<Dictionary<Guid, ReportHistory>> ConnectedAsync(
        NpgsqlConnection connection,
        ImmutableArray<ReportHistory> touched,
        CancellationToken cancellationToken
    )
    {
        var known = new Dictionary<Guid, ReportHistory>();
        while (touched.Length > 0)
        {
            foreach (var history in touched)
                known[history.Filing.Id] = history;
            var linked = touched.SelectMany(history => history.Live<ReportsLinked>()).SelectMany(link => link.Reports);
            var together = await TogetherAsync(
                connection,
                [.. touched.Select(history => history.Filing.Id)],
                cancellationToken
            );
            Guid[] next = [.. linked.Concat(together).Where(report => !known.ContainsKey(report)).Distinct()];
            touched =
                next.Length == 0
                    ? []
                    :
                    [
                        .. (await ReportRows.HistoriesAsync(connection, options.Schema, next, cancellationToken)).Where(
                            history => next.Contains(history.Filing.Id)
                        ),
                    ];
        }

        return known;
    }

    private async Task<Guid[]> TogetherAsync(
        NpgsqlConnection connection,
        Guid[] reports,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            $"select coalesce(array_agg(distinct report), array[]::uuid[]) from {options.Schema}.incident, unnest(reports) report where reports && $1",
            connection
        )
        {
            Parameters = { new() { Value = reports } },
        };
        return (Guid[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static IEnumerable<ReportHistory[]> Groups(Dictionary<Guid, ReportHistory> reports)
    {
        var left = reports.Keys.ToHashSet();
        foreach (var first in reports.Values.OrderBy(history => history.Filing.Position))
        {
            var group = new List<ReportHistory>();
            var ahead = new Stack<Guid>([first.Filing.Id]);
            while (ahead.TryPop(out var id))
            {
                if (!left.Remove(id))
                    continue;
                group.Add(reports[id]);
                foreach (var linked in reports[id].Live<ReportsLinked>().SelectMany(link => link.Reports))
                    ahead.Push(linked);
            }

            if (group.Count > 0)
                yield return [.. group.OrderBy(history => history.Filing.Position)];
        }
    }

    /// <summary>Null when none of the reports counts.</summary>
    private static Fact? Incident(ReportHistory[] group, int? corroboratedBy)
    {
        ImmutableArray<ReportState> counted =
        [
            .. group
                .Where(history => !history.IsRetracted && history.Level != Level.Refuted)
                .Select(history => new ReportState(
                    history.Filing,
                    history.Report,
                    history.Current,
                    history.Level,
                    null
                )),
        ];
        return counted.IsEmpty ? null : Incidents.Merge(counted, corroboratedBy);
    }

    private void Insert(IDocumentOperations operations, string agreement, Fact incident)
    {
        var quantities = incident
            .Reports.SelectMany(report => report.Content.Quantities)
            .GroupBy(quantity => quantity.Key, quantity => quantity.Value, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => new { Low = group.Min(q => q.Low), High = group.Max(q => q.High) },
                StringComparer.Ordinal
            );
        operations.QueueSqlCommand(
            '^',
            $"""
            insert into {options.Schema}.incident (incident_id, agreement, reports, head, kind, occurred_from, occurred_until, place, level, quantities)
            values (^, ^, ^, ^, ^, ^, ^, nullif(^, ''), ^, ^::text::jsonb)
            """,
            incident.Reports[0].Filing.Id,
            agreement,
            incident.Reports.Select(report => report.Filing.Id).ToArray(),
            incident.Head.Filing.Id,
            incident.Content.Kind,
            incident.Content.Occurred.From.ToDateTimeOffset(),
            incident.Content.Occurred.Until.ToDateTimeOffset(),
            incident.Content.Place?.Name ?? "",
            Words.Of(incident.Level),
            JsonSerializer.Serialize(quantities, LedgerJson.Options)
        );
    }
}
