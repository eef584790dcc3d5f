using System.Collections.Immutable;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Store.Reading;
using Ledger.Store.Sql;
using Ledger.Verdicts.Facts;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Reports;

/// <summary>
/// Keeps the table <c>entry_standing</c>: how many retractions that stand there are of each correction, of each
/// assessment, and of whatever else was retracted. So nobody has to read again what was said of a report in order to
/// know what is left of it.
/// </summary>
internal static class EntryStandingRows
{
    /// <summary>The most steps from an entry to a report: retractions, an answer, its question.</summary>
    private const int Steps = EntryDecider.DeepestRetraction + 4;

    /// <summary>The given entries, and what they speak of, up to the reports.</summary>
    public static NpgsqlBatchCommand Look(string schema, Guid[] entries) =>
        Commands.Step(
            $"""
            with recursive up (id, steps) as (
                select unnest($1), 0
                union select r.target, up.steps + 1 from {schema}.ledger_reference r join up on r.entry_id = up.id where up.steps < $2)
            select distinct on (e.entry_id) e.entry_id, e.type, e.position, array(select r.target from {schema}.ledger_reference r where r.entry_id = e.entry_id), e.report_id, e.retractions
            from up cross join lateral (
                select e.entry_id, e.type, e.position, case when e.type = '{EntryStanding.Filing}' then e.entry_id else s.report_id end as report_id, coalesce(s.retractions, 0) as retractions from {schema}.ledger_entry e
                left join {schema}.entry_standing s on s.entry_id = e.entry_id where e.entry_id = up.id limit 1) e
            """,
            entries,
            Steps
        );

    /// <summary>The answer to <see cref="Look"/>.</summary>
    public static async Task<ImmutableArray<EntryStanding>> ReadAsync(
        NpgsqlDataReader rows,
        CancellationToken cancellationToken
    )
    {
        var found = ImmutableArray.CreateBuilder<EntryStanding>();
        while (await rows.ReadAsync(cancellationToken))
            found.Add(
                new(
                    rows.GetGuid(0),
                    rows.GetString(1),
                    rows.GetInt64(2),
                    [.. rows.GetFieldValue<Guid[]>(3)],
                    rows.SomeGuidAt(4),
                    rows.GetInt32(5)
                )
            );
        return found.ToImmutable();
    }

    public static IEnumerable<NpgsqlBatchCommand> Write(
        string schema,
        AgreementId agreement,
        IReadOnlyCollection<EntryStanding> changed
    )
    {
        if (changed.Count == 0)
            yield break;
        var command = Commands.Step(
            $"""
            insert into {schema}.entry_standing (entry_id, agreement, position, type, report_id, retractions)
            select entry_id, $1, position, type, report_id, retractions from unnest($2, $3, $4, $5, $6) as s (entry_id, position, type, report_id, retractions)
            on conflict (entry_id) do update set retractions = excluded.retractions
            """,
            agreement,
            changed.Select(entry => entry.Id).ToArray(),
            changed.Select(entry => entry.Position).ToArray(),
            changed.Select(entry => entry.Type).ToArray()
        );
        command.Parameters.Add(
            new()
            {
                Value = changed.Select(entry => entry.Report).ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
            }
        );
        command.Parameters.Add(new() { Value = changed.Select(entry => entry.Retractions).ToArray() });
        yield return command;
    }

    /// <summary>
    /// Writes what changed, and reads what reports rest on then, as far as it was recorded before: the filing, the latest
    /// correction and the latest assessment that stand.
    /// </summary>
    public static async Task<ImmutableArray<Entry>> SettleAsync(
        NpgsqlTransaction transaction,
        string schema,
        AgreementId agreement,
        IReadOnlyCollection<EntryStanding> changed,
        Guid[] reports,
        CancellationToken cancellationToken
    )
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var command in Write(schema, agreement, changed))
            batch.BatchCommands.Add(command);
        batch.BatchCommands.Add(
            Commands.Step(
                $"""
                select {EntryRows.Columns} from unnest($1) as settled (id) cross join lateral (
                    select settled.id as entry_id
                    union all (select s.entry_id from {schema}.entry_standing s where s.report_id = settled.id and s.type = '{EntryStanding.Correction}' and s.retractions = 0 order by s.position desc limit 1)
                    union all (select s.entry_id from {schema}.entry_standing s where s.report_id = settled.id and s.type = '{EntryStanding.Assessment}' and s.retractions = 0 order by s.position desc limit 1)) rests
                cross join lateral (select * from {schema}.ledger_entry e where e.entry_id = rests.entry_id limit 1) e
                """,
                reports
            )
        );
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        return
        [
            .. await rows.StoredEntriesAsync(cancellationToken)
                .Select(stored => stored.Entry)
                .ToListAsync(cancellationToken),
        ];
    }

    /// <summary>Fills the table for every agreement, where a version that did not have it wrote the log.</summary>
    public static async Task FillAsync(
        NpgsqlTransaction transaction,
        string schema,
        CancellationToken cancellationToken
    )
    {
        await using var find = transaction.Ask(
            $"select distinct agreement from {schema}.ledger_entry where type in ('{EntryStanding.Correction}', '{EntryStanding.Assessment}', '{EntryStanding.Retraction}') and not exists (select from {schema}.entry_standing)"
        );
        foreach (var agreement in await find.ListAsync(row => row.AgreementAt(0), cancellationToken))
            await RefillAsync(transaction, schema, agreement, cancellationToken);
    }

    /// <summary>Makes the rows of one agreement anew, while nobody writes to it.</summary>
    public static async Task RefillAsync(
        NpgsqlTransaction transaction,
        string schema,
        AgreementId agreement,
        CancellationToken cancellationToken
    )
    {
        await transaction.DoAsync(
            cancellationToken,
            $"select from {schema}.ledger_head where agreement = $1 for update",
            agreement
        );
        await transaction.DoAsync(
            cancellationToken,
            $"delete from {schema}.entry_standing where agreement = $1",
            agreement
        );
        await using var find = transaction.Ask(
            $"""
            select e.entry_id, r.target from {schema}.ledger_entry e join {schema}.ledger_reference r on r.entry_id = e.entry_id
            where e.agreement = $1 and e.type = '{EntryStanding.Retraction}' order by e.position desc
            """,
            agreement
        );
        var retractions = await find.ListAsync(row => (Id: row.GetGuid(0), Target: row.GetGuid(1)), cancellationToken);
        var dead = ReportFacts.Dead(retractions);
        var counts = retractions.Where(r => !dead.Contains(r.Id)).CountBy(r => r.Target).ToArray();
        await transaction.DoAsync(
            cancellationToken,
            $"""
            insert into {schema}.entry_standing (entry_id, agreement, position, type, report_id, retractions)
            select e.entry_id, e.agreement, e.position, e.type, case when e.type = any(array['{EntryStanding.Correction}', '{EntryStanding.Assessment}']) then
                (select r.target from {schema}.ledger_reference r join {schema}.ledger_entry t on t.entry_id = r.target where r.entry_id = e.entry_id and t.type = '{EntryStanding.Filing}' limit 1)
                when e.type = '{EntryStanding.Filing}' then e.entry_id end, coalesce(c.times, 0)
            from {schema}.ledger_entry e left join unnest($2, $3) as c (entry_id, times) on c.entry_id = e.entry_id
            where e.agreement = $1 and (c.times is not null or e.type = any(array['{EntryStanding.Correction}', '{EntryStanding.Assessment}']))
            """,
            agreement,
            counts.Select(count => count.Key).ToArray(),
            counts.Select(count => count.Value).ToArray()
        );
    }
}
