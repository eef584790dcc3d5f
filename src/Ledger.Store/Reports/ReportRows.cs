using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Store.Reading;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Reports;

/// <summary>
/// Keeps the table <c>report</c>, one row per report as it stands now, in the transaction that appends: whoever files a
/// report finds it in the next list.
/// </summary>
internal static class ReportRows
{
    /// <summary>What an entry speaks of, so that everything about a report can be found.</summary>
    public static async Task ReferAsync(
        NpgsqlConnection connection,
        string schema,
        IReadOnlyList<Entry> entries,
        CancellationToken cancellationToken
    )
    {
        var references = entries
            .SelectMany(entry => EntryDecider.References(entry.Event).Select(target => (entry.Id, Target: target)))
            .Distinct()
            .ToArray();
        if (references.Length == 0)
            return;
        await using var command = new NpgsqlCommand(
            $"insert into {schema}.ledger_reference (entry_id, target) select * from unnest($1, $2) on conflict do nothing",
            connection
        )
        {
            Parameters =
            {
                new() { Value = references.Select(r => r.Id).ToArray() },
                new() { Value = references.Select(r => r.Target).ToArray() },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Brings up to date every report that the entries, which are in the log already, speak of.</summary>
    public static async Task UpdateAsync(
        NpgsqlConnection connection,
        string schema,
        string agreement,
        IReadOnlyList<Entry> entries,
        CancellationToken cancellationToken
    )
    {
        var speaking = entries
            .Where(entry => !EntryDecider.References(entry.Event).IsEmpty)
            .Select(entry => entry.Id)
            .ToArray();
        var touched = speaking.Length == 0 ? [] : await HistoriesAsync(connection, schema, speaking, cancellationToken);
        var known = touched.Select(history => history.Filing.Id).ToHashSet();
        var untouched = entries
            .Where(entry => entry.Event is ReportFiled && !known.Contains(entry.Id))
            .Select(entry => new ReportHistory([entry]));
        await WriteAsync(connection, schema, agreement, [.. touched, .. untouched], cancellationToken);
    }

    /// <summary>The histories of all reports that the given entries speak of, or are.</summary>
    public static async Task<ImmutableArray<ReportHistory>> HistoriesAsync(
        NpgsqlConnection connection,
        string schema,
        Guid[] entries,
        CancellationToken cancellationToken
    )
    {
        // Up from the entries to the reports they are about, then down to all that is about those.
        await using var command = new NpgsqlCommand(
            $"""
            with recursive
            up (id) as (select unnest($1) union select r.target from {schema}.ledger_reference r join up on r.entry_id = up.id),
            about (report, id) as (
                select e.entry_id, e.entry_id from up join {schema}.ledger_entry e on e.entry_id = up.id where e.type = 'report_filed'
                union
                select about.report, r.entry_id from {schema}.ledger_reference r join about on r.target = about.id)
            select {EntryRows.Columns}, about.report from about join {schema}.ledger_entry e on e.entry_id = about.id order by about.report, e.position
            """,
            connection
        )
        {
            Parameters = { new() { Value = entries } },
        };
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = await rows.StoredEntriesAsync(cancellationToken)
            .Select(entry => (Report: rows.GetGuid(EntryRows.Count), entry.Entry))
            .ToListAsync(cancellationToken);
        return [.. found.GroupBy(f => f.Report, f => f.Entry).Select(group => new ReportHistory([.. group]))];
    }

    private static async Task WriteAsync(
        NpgsqlConnection connection,
        string schema,
        string agreement,
        IReadOnlyList<ReportHistory> histories,
        CancellationToken cancellationToken
    )
    {
        if (histories.Count == 0)
            return;
        await using var command = new NpgsqlCommand(
            $"""
            insert into {schema}.report (report_id, agreement, position, touched, kind, occurred_from, occurred_until, place, actors, source_class, level, retracted, corrections, content)
            select report_id, $1, position, touched, kind, occurred_from, occurred_until, place, array(select jsonb_array_elements(content -> 'actors') ->> 'name'), source_class, level, retracted, corrections, content
            from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                as report (report_id, position, touched, kind, occurred_from, occurred_until, place, source_class, level, retracted, corrections, content)
            on conflict (report_id) do update set touched = excluded.touched, kind = excluded.kind, occurred_from = excluded.occurred_from, occurred_until = excluded.occurred_until,
                place = excluded.place, actors = excluded.actors, source_class = excluded.source_class, level = excluded.level, retracted = excluded.retracted,
                corrections = excluded.corrections, content = excluded.content
            """,
            connection
        );
        command.Parameters.Add(new() { Value = agreement });
        Column(history => history.Filing.Id);
        Column(history => history.Filing.Position);
        Column(history => history.Entries[^1].Position);
        Column(history => history.Report.Kind);
        Column(history => history.Report.Occurred.From.ToDateTimeUtc());
        Column(history => history.Report.Occurred.Until.ToDateTimeUtc());
        Column(history => history.Report.Place?.Name);
        Column(history => Word(history.Report.Source.Class));
        Column(history => Word(history.Level));
        Column(history => history.IsRetracted);
        Column(history => history.Live<ReportCorrected>().Count());
        command.Parameters.Add(
            new()
            {
                Value = histories
                    .Select(history => JsonSerializer.Serialize(history.Report, LedgerJson.Options))
                    .ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
            }
        );
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Column<T>(Func<ReportHistory, T> value) =>
            command.Parameters.Add(new() { Value = histories.Select(value).ToArray() });
    }

    private static string Word<T>(T value) => JsonSerializer.SerializeToElement(value, LedgerJson.Options).GetString()!;
}
