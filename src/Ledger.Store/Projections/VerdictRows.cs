using Ledger.Domain.Identities;
using Ledger.Domain.Time;
using Ledger.Store.Sql;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Replaying;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Projections;

/// <summary>
/// Reads and writes <c>provision_standing</c> and <c>verdict_change</c>. A change has one place in both times, so that
/// writing it twice changes nothing, and of two writers the one who has seen more has the last word.
/// </summary>
internal sealed class VerdictRows(string schema)
{
    public async Task<VerdictHistory> ReadAsync(
        NpgsqlConnection connection,
        AgreementId agreement,
        CancellationToken cancellationToken
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(
            Commands.Step($"select position, as_of from {schema}.verdict_progress where agreement = $1", agreement)
        );
        batch.BatchCommands.Add(
            Commands.Step(
                $"select provision, position, as_of, life, verdict, best, worst from {schema}.provision_standing where agreement = $1",
                agreement
            )
        );
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        var (position, asOf) = await rows.ReadAsync(cancellationToken)
            ? (rows.GetInt64(0), rows.InstantAt(1))
            : (0, Instant.MinValue);
        await rows.NextResultAsync(cancellationToken);
        var standings = new List<ProvisionStanding>();
        while (await rows.ReadAsync(cancellationToken))
        {
            standings.Add(
                new ProvisionStanding(
                    rows.GetString(0),
                    rows.GetInt64(1),
                    rows.InstantAt(2),
                    WireName.To<Life>(rows.GetString(3)),
                    WireName.To<Verdict>(rows.GetString(4)),
                    WireName.To<Verdict>(rows.GetString(5)),
                    WireName.To<Verdict>(rows.GetString(6))
                )
            );
        }

        return new VerdictHistory(standings, position, asOf);
    }

    /// <param name="batch">Takes the statements.</param>
    /// <param name="agreement">The slug.</param>
    /// <param name="changes">What changed since the history was read.</param>
    /// <param name="history">Where it is now.</param>
    public void Write(
        NpgsqlBatch batch,
        AgreementId agreement,
        IReadOnlyList<VerdictChange> changes,
        VerdictHistory history
    )
    {
        if (changes.Count > 0)
            WriteChanges(batch, agreement, changes);
        batch.Add(
            $"delete from {schema}.provision_standing where agreement = $1 and provision <> all($2) and position <= $3",
            Statements.Of(agreement),
            Statements.Of(history.Standings.Select(s => s.Provision).ToArray()),
            Statements.Of(history.Position)
        );
        ProvisionStanding[] standings = [.. history.Standings.Where(standing => standing.Answer is not null)];
        if (standings.Length > 0)
            WriteStandings(batch, agreement, standings);
        batch.Add(
            $"""
            insert into {schema}.verdict_progress as p (agreement, position, as_of) values ($1, $2, $3)
            on conflict (agreement) do update set position = excluded.position, as_of = excluded.as_of where (p.position, p.as_of) <= (excluded.position, excluded.as_of)
            """,
            Statements.Of(agreement),
            Statements.Of(history.Position),
            Statements.Of(history.AsOf.ToDateTimeUtc())
        );
    }

    private void WriteChanges(NpgsqlBatch batch, AgreementId agreement, IReadOnlyList<VerdictChange> changes)
    {
        // Arrays of arrays would have to be of one length, so the deciding entries come as text that PostgreSQL reads.
        batch.Add(
            $"""
            insert into {schema}.verdict_change (agreement, provision, position, as_of, life, verdict, was, since, best, worst, decided_by)
            select $1, provision, position, as_of, life, verdict, was, since, best, worst, decided_by::uuid[]
            from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                as change (provision, position, as_of, life, verdict, was, since, best, worst, decided_by)
            on conflict do nothing
            """,
            Statements.Of(agreement),
            Column(change => change.Provision),
            Column(change => change.Position),
            Column(change => change.AsOf.ToDateTimeUtc()),
            Column(change => WireName.Of(change.Now?.Life)),
            Column(change => WireName.Of(change.Now?.Verdict)),
            Column(change => WireName.Of(change.Was)),
            Column(change => change.Now?.Answer?.Since?.ToDateTimeUtc()),
            Column(change => WireName.Of(change.Now?.Best)),
            Column(change => WireName.Of(change.Now?.Worst)),
            Column(change => DecidedBy(change.Now))
        );

        NpgsqlParameter Column<T>(Func<VerdictChange, T> value) => Statements.Of(changes.Select(value).ToArray());
    }

    private static string DecidedBy(ProvisionStanding? standing) =>
        $"{{{string.Join(',', (standing?.Answer?.DecidedBy ?? []).Select(deciding => deciding.Entry).Distinct())}}}";

    private void WriteStandings(NpgsqlBatch batch, AgreementId agreement, ProvisionStanding[] standings)
    {
        batch.Add(
            $"""
            insert into {schema}.provision_standing as s (agreement, provision, position, as_of, reading, kind, life, verdict, reason, since, deadline, best, worst, violations)
            select $1, * from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            on conflict (agreement, provision) do update set position = excluded.position, as_of = excluded.as_of, reading = excluded.reading, kind = excluded.kind, life = excluded.life,
                verdict = excluded.verdict, reason = excluded.reason, since = excluded.since, deadline = excluded.deadline, best = excluded.best, worst = excluded.worst, violations = excluded.violations
            where (s.position, s.as_of) <= (excluded.position, excluded.as_of)
            """,
            Statements.Of(agreement),
            Column(standing => standing.Provision),
            Column(standing => standing.Position),
            Column(standing => standing.AsOf.ToDateTimeUtc()),
            Column(standing => standing.Answer!.Reading),
            Column(standing => standing.Answer!.Kind),
            Column(standing => WireName.Of(standing.Life)),
            Column(standing => WireName.Of(standing.Verdict)),
            Column(standing => WireName.Of(standing.Answer!.Reason)),
            Column(standing => standing.Answer!.Since?.ToDateTimeUtc()),
            Column(standing => standing.Answer!.Deadline?.ToDateTimeUtc()),
            Column(standing => WireName.Of(standing.Best)),
            Column(standing => WireName.Of(standing.Worst)),
            Column(standing => standing.Answer!.Counts?.Violations ?? 0)
        );

        NpgsqlParameter Column<T>(Func<ProvisionStanding, T> value) => Statements.Of(standings.Select(value).ToArray());
    }
}
