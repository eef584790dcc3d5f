using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Domain.Reports;
using Ledger.Store.Reading;
using Ledger.Store.Sql;
using Ledger.Verdicts.Facts;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Reports;

/// <summary>
/// Keeps the table <c>report</c>, one row per report as it stands now, in the transaction that appends: whoever files a
/// report finds it in the next list.
/// </summary>
internal static class ReportRows
{
    /// <summary>
    /// The histories of the reports that the given entries speak of, or are: up from them to the reports, then down to
    /// all that is about those. Each entry is looked up by its id, since nothing tells the planner how few there are.
    /// </summary>
    private static NpgsqlBatchCommand Look(string schema, Guid[] entries) =>
        Commands.Step(
            $"""
            with recursive
            up (id) as (select unnest($1) union select r.target from {schema}.ledger_reference r join up on r.entry_id = up.id),
            about (report, id) as (
                select up.id, up.id from up where (select e.type from {schema}.ledger_entry e where e.entry_id = up.id) = 'report_filed'
                union
                select about.report, r.entry_id from {schema}.ledger_reference r join about on r.target = about.id)
            select {EntryRows.Columns}, about.report
            from about cross join lateral (select * from {schema}.ledger_entry e where e.entry_id = about.id limit 1) e
            order by about.report, e.position
            """,
            entries
        );

    /// <summary>The answer to <see cref="Look"/>.</summary>
    private static async Task<ImmutableArray<ReportHistory>> ReadAsync(
        NpgsqlDataReader rows,
        CancellationToken cancellationToken
    )
    {
        var found = await rows.StoredEntriesAsync(cancellationToken)
            .Select(entry => (Report: rows.GetGuid(EntryRows.Count), entry.Entry))
            .ToListAsync(cancellationToken);
        return [.. found.GroupBy(f => f.Report, f => f.Entry).Select(group => new ReportHistory([.. group]))];
    }

    /// <summary>The histories of all reports that the given entries speak of, or are.</summary>
    public static async Task<ImmutableArray<ReportHistory>> HistoriesAsync(
        NpgsqlConnection connection,
        string schema,
        Guid[] entries,
        CancellationToken cancellationToken
    )
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Look(schema, entries) } };
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        return await ReadAsync(rows, cancellationToken);
    }

    /// <summary>What new entries change: what they speak of, and the rows of the reports they touch.</summary>
    /// <param name="schema">Where.</param>
    /// <param name="agreement">Theirs.</param>
    /// <param name="standings">What stands after them.</param>
    /// <param name="settled">What the reports of <see cref="EntryStandings.Settled"/> rest on then, as far as it was recorded
    /// before them. What else is said of a report changes its row by itself, whether it is the tenth thing or the
    /// ten-thousandth.</param>
    /// <param name="entries">In the order of their positions.</param>
    public static IEnumerable<NpgsqlBatchCommand> Write(
        string schema,
        AgreementId agreement,
        EntryStandings standings,
        IReadOnlyList<Entry> settled,
        IReadOnlyList<Entry> entries
    ) =>
        [
            .. Refer(schema, entries),
            .. Update(
                schema,
                agreement,
                [.. entries.Where(entry => entry.Event is ReportFiled).Select(filed => new ReportHistory([filed]))]
            ),
            .. Add(schema, Additions(standings, settled, entries)),
        ];

    /// <summary>What new entries say of a report.</summary>
    /// <param name="Touched">The position of the last of them.</param>
    /// <param name="Corrections">How many more corrections of it stand.</param>
    /// <param name="Report">What it says now; null where that is what it said.</param>
    /// <param name="Level">What it was found to be; null where that is what it was.</param>
    /// <param name="Retracted">Whether it is withdrawn; null where that is as it was.</param>
    private sealed record Addition(
        Guid Id,
        long Touched,
        int Corrections = 0,
        Report? Report = null,
        Level? Level = null,
        bool? Retracted = null
    )
    {
        public Addition After(Entry entry, bool stands) =>
            this with
            {
                Touched = entry.Position,
                Corrections = Corrections + (entry.Event is ReportCorrected && stands ? 1 : 0),
                Report = (entry.Event as ReportCorrected)?.Report ?? Report,
                Level = (entry.Event as ReportAssessed)?.Level ?? Level,
            };

        /// <param name="said">The filing, and the latest of what stands.</param>
        /// <param name="standings">After the new entries.</param>
        public Addition On(IReadOnlyCollection<Entry> said, EntryStandings standings)
        {
            var filing = said.Single(entry => entry.Id == Id);
            var (content, assessment) = ReportFacts.Current(filing, said);
            return this with
            {
                Corrections = Corrections + standings.CorrectionsRisen(Id),
                Report = ReportFacts.ContentOf(content),
                Level = ReportFacts.LevelOf(filing, assessment),
                Retracted = !standings.Stands(Id),
            };
        }
    }

    private static IReadOnlyCollection<Addition> Additions(
        EntryStandings standings,
        IReadOnlyList<Entry> settled,
        IReadOnlyList<Entry> entries
    )
    {
        var additions = new Dictionary<Guid, Addition>();
        foreach (var entry in entries.Where(entry => entry.Event is not ReportFiled))
        {
            foreach (var report in standings.ReportsOf(entry.Id).Where(report => report != entry.Id))
                additions[report] = additions
                    .GetValueOrDefault(report, new Addition(report, 0))
                    .After(entry, standings.Stands(entry));
        }

        var said = settled
            .Concat(entries.Where(standings.Stands))
            .Concat(entries.Where(entry => entry.Event is ReportFiled && !standings.Stands(entry)))
            .Select(entry => (Entry: entry, EntryStanding.Of(entry).Report))
            .Where(entry => entry.Report is not null)
            .OrderBy(entry => entry.Entry.Position)
            .ToLookup(entry => entry.Report!.Value, entry => entry.Entry);
        foreach (var report in standings.Settled)
            additions[report] = additions[report].On([.. said[report]], standings);
        return additions.Values;
    }

    private static IEnumerable<NpgsqlBatchCommand> Add(string schema, IReadOnlyCollection<Addition> additions)
    {
        if (additions.Count == 0)
            yield break;
        var command = Commands.Step(
            $"""
            update {schema}.report r set touched = a.touched, corrections = r.corrections + a.corrections, level = coalesce(a.level, r.level), kind = coalesce(a.kind, r.kind),
                occurred_from = coalesce(a.occurred_from, r.occurred_from), occurred_until = coalesce(a.occurred_until, r.occurred_until), place = case when a.content is null then r.place else a.place end,
                actors = case when a.content is null then r.actors else array(select jsonb_array_elements(a.content -> 'actors') ->> 'name') end,
                source_class = coalesce(a.source_class, r.source_class), content = coalesce(a.content, r.content), retracted = coalesce(a.retracted, r.retracted)
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as a (report_id, touched, corrections, level, kind, occurred_from, occurred_until, place, source_class, content, retracted)
            where r.report_id = a.report_id
            """
        );
        Column(a => a.Id, NpgsqlDbType.Uuid);
        Column(a => a.Touched, NpgsqlDbType.Bigint);
        Column(a => a.Corrections, NpgsqlDbType.Integer);
        Column(a => a.Level is { } level ? WireName.Of(level) : null, NpgsqlDbType.Text);
        Column(a => a.Report?.Kind, NpgsqlDbType.Text);
        Column(a => a.Report?.Occurred.From.ToDateTimeUtc(), NpgsqlDbType.TimestampTz);
        Column(a => a.Report?.Occurred.Until.ToDateTimeUtc(), NpgsqlDbType.TimestampTz);
        Column(a => a.Report?.Place?.Name, NpgsqlDbType.Text);
        Column(a => a.Report is { } report ? WireName.Of(report.Source.Class) : null, NpgsqlDbType.Text);
        Column(
            a => a.Report is { } report ? JsonSerializer.Serialize(report, LedgerJson.Options) : null,
            NpgsqlDbType.Jsonb
        );
        Column(a => a.Retracted, NpgsqlDbType.Boolean);
        yield return command;

        void Column<T>(Func<Addition, T> value, NpgsqlDbType type) =>
            command.Parameters.Add(
                new() { Value = additions.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type }
            );
    }

    /// <summary>Makes the rows of all reports anew that entries which are in the log speak of, or are.</summary>
    public static async Task RebuildAsync(
        NpgsqlConnection connection,
        string schema,
        AgreementId agreement,
        IReadOnlyList<Entry> entries,
        CancellationToken cancellationToken
    )
    {
        var histories = await HistoriesAsync(
            connection,
            schema,
            [.. entries.Select(entry => entry.Id)],
            cancellationToken
        );
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in Update(schema, agreement, histories))
            batch.BatchCommands.Add(command);
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static IEnumerable<NpgsqlBatchCommand> Refer(string schema, IReadOnlyList<Entry> entries)
    {
        var references = entries
            .SelectMany(entry => EntryDecider.References(entry.Event).Select(target => (entry.Id, Target: target)))
            .Distinct()
            .ToArray();
        if (references.Length > 0)
            yield return Commands.Step(
                $"insert into {schema}.ledger_reference (entry_id, target) select * from unnest($1, $2) on conflict do nothing",
                references.Select(r => r.Id).ToArray(),
                references.Select(r => r.Target).ToArray()
            );
    }

    private static IEnumerable<NpgsqlBatchCommand> Update(
        string schema,
        AgreementId agreement,
        IReadOnlyList<ReportHistory> histories
    )
    {
        if (histories.Count == 0)
            yield break;
        var command = Commands.Step(
            $"""
            insert into {schema}.report (report_id, agreement, position, touched, kind, occurred_from, occurred_until, place, actors, source_class, level, retracted, corrections, content)
            select report_id, $1, position, touched, kind, occurred_from, occurred_until, place, array(select jsonb_array_elements(content -> 'actors') ->> 'name'), source_class, level, retracted, corrections, content
            from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                as report (report_id, position, touched, kind, occurred_from, occurred_until, place, source_class, level, retracted, corrections, content)
            on conflict (report_id) do update set touched = excluded.touched, kind = excluded.kind, occurred_from = excluded.occurred_from, occurred_until = excluded.occurred_until,
                place = excluded.place, actors = excluded.actors, source_class = excluded.source_class, level = excluded.level, retracted = excluded.retracted,
                corrections = excluded.corrections, content = excluded.content
            """,
            agreement
        );
        Column(history => history.Filing.Id);
        Column(history => history.Filing.Position);
        Column(history => history.Entries[^1].Position);
        Column(history => history.Report.Kind);
        Column(history => history.Report.Occurred.From.ToDateTimeUtc());
        Column(history => history.Report.Occurred.Until.ToDateTimeUtc());
        Column(history => history.Report.Place?.Name);
        Column(history => WireName.Of(history.Report.Source.Class));
        Column(history => WireName.Of(history.Level));
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
        yield return command;

        void Column<T>(Func<ReportHistory, T> value) =>
            command.Parameters.Add(new() { Value = histories.Select(value).ToArray() });
    }
}
