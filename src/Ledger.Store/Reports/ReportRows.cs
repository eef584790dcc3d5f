using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Domain.Reports;
using Ledger.Store.Reading;
using Ledger.Store.Sql;
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
    public static NpgsqlBatchCommand Look(string schema, Guid[] entries) =>
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
    public static async Task<ImmutableArray<ReportHistory>> ReadAsync(
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
    /// <param name="known">The histories, without them, of all reports of which they retract something: what a retraction
    /// leaves depends on all that was said before. What else is said of a report changes its row by itself, whether it is
    /// the tenth thing or the ten-thousandth.</param>
    /// <param name="recorded">What they refer to, as far as it was recorded before them.</param>
    /// <param name="entries">In the order of their positions.</param>
    public static IEnumerable<NpgsqlBatchCommand> Write(
        string schema,
        AgreementId agreement,
        IReadOnlyList<ReportHistory> known,
        IReadOnlyList<Entry> recorded,
        IReadOnlyList<Entry> entries
    ) =>
        [
            .. Refer(schema, entries),
            .. Update(schema, agreement, [.. After(known, entries)]),
            .. Add(schema, Additions(known, recorded, entries)),
        ];

    /// <summary>What new entries say of reports whose histories are not known.</summary>
    /// <param name="Touched">The position of the last of them.</param>
    /// <param name="Corrections">How many of them correct it.</param>
    /// <param name="Report">What it says now; null where none corrects it.</param>
    /// <param name="Level">What it was found to be; null where none assesses it.</param>
    private sealed record Addition(Guid Id, long Touched, int Corrections, Report? Report, Level? Level)
    {
        public Addition After(Entry entry) =>
            this with
            {
                Touched = entry.Position,
                Corrections = Corrections + (entry.Event is ReportCorrected ? 1 : 0),
                Report = (entry.Event as ReportCorrected)?.Report ?? Report,
                Level = (entry.Event as ReportAssessed)?.Level ?? Level,
            };
    }

    private static IReadOnlyCollection<Addition> Additions(
        IReadOnlyList<ReportHistory> known,
        IReadOnlyList<Entry> recorded,
        IReadOnlyList<Entry> entries
    )
    {
        // Those that the other way writes whole.
        var whole = known
            .Select(history => history.Filing.Id)
            .Concat(entries.Where(entry => entry.Event is ReportFiled).Select(entry => entry.Id))
            .ToHashSet();
        var earlier = recorded.Concat(entries).ToDictionary(entry => entry.Id);
        var additions = new Dictionary<Guid, Addition>();
        foreach (var entry in entries)
        {
            foreach (var report in ReportsOf(entry).Distinct().Where(report => !whole.Contains(report)))
                additions[report] = additions
                    .GetValueOrDefault(report, new Addition(report, 0, 0, null, null))
                    .After(entry);
        }

        return additions.Values;

        // A question and a proposal name their report, which need not be at hand itself.
        IEnumerable<Guid> ReportsOf(Entry entry) =>
            entry.Event is EntryRetracted
                ? []
                : EntryDecider
                    .References(entry.Event)
                    .SelectMany(target =>
                        earlier.GetValueOrDefault(target) switch
                        {
                            { Event: ReportFiled } => [target],
                            { Event: ReportSentBack or AssessmentProposed } about => EntryDecider.References(
                                about.Event
                            ),
                            _ => Enumerable.Empty<Guid>(),
                        }
                    );
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
                source_class = coalesce(a.source_class, r.source_class), content = coalesce(a.content, r.content)
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as a (report_id, touched, corrections, level, kind, occurred_from, occurred_until, place, source_class, content)
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
        yield return command;

        void Column<T>(Func<Addition, T> value, NpgsqlDbType type) =>
            command.Parameters.Add(
                new() { Value = additions.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type }
            );
    }

    /// <summary>The histories that new entries make or lengthen.</summary>
    private static IEnumerable<ReportHistory> After(IEnumerable<ReportHistory> known, IReadOnlyList<Entry> entries)
    {
        var histories = known.ToDictionary(
            history => history.Filing.Id,
            history => (Entries: history.Entries.ToList(), Ids: history.Entries.Select(entry => entry.Id).ToHashSet())
        );
        var touched = new HashSet<Guid>();
        foreach (var entry in entries)
        {
            foreach (var target in EntryDecider.References(entry.Event))
            {
                foreach (var (report, history) in histories.Where(h => h.Value.Ids.Contains(target)))
                {
                    if (!history.Ids.Add(entry.Id))
                        continue;
                    history.Entries.Add(entry);
                    touched.Add(report);
                }
            }

            if (entry.Event is not ReportFiled)
                continue;
            histories.Add(entry.Id, ([entry], [entry.Id]));
            touched.Add(entry.Id);
        }

        return touched.Select(report => new ReportHistory([.. histories[report].Entries]));
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
