using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
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
        string agreement,
        CancellationToken cancellationToken
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand($"select position, as_of from {schema}.verdict_progress where agreement = $1")
            {
                Parameters = { new() { Value = agreement } },
            }
        );
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(
                $"select provision, position, as_of, life, verdict, best, worst from {schema}.provision_standing where agreement = $1"
            )
            {
                Parameters = { new() { Value = agreement } },
            }
        );
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        var (position, asOf) = await rows.ReadAsync(cancellationToken)
            ? (rows.GetInt64(0), Instant.FromDateTimeUtc(rows.GetDateTime(1)))
            : (0, Instant.MinValue);
        await rows.NextResultAsync(cancellationToken);
        var standings = new List<Standing>();
        while (await rows.ReadAsync(cancellationToken))
        {
            standings.Add(
                new Standing(
                    rows.GetString(0),
                    rows.GetInt64(1),
                    Instant.FromDateTimeUtc(rows.GetDateTime(2)),
                    Words.To<Life>(rows.GetString(3)),
                    Words.To<Verdict>(rows.GetString(4)),
                    Words.To<Verdict>(rows.GetString(5)),
                    Words.To<Verdict>(rows.GetString(6))
                )
            );
        }

        return new VerdictHistory(standings, position, asOf);
    }

    /// <param name="write">Takes a statement, with <c>^</c> for its parameters, and their values.</param>
    /// <param name="agreement">The slug.</param>
    /// <param name="changes">What changed since the history was read.</param>
    /// <param name="history">Where it is now.</param>
    public void Write(
        Action<string, object[]> write,
        string agreement,
        IEnumerable<VerdictChange> changes,
        VerdictHistory history
    )
    {
        foreach (var change in changes)
        {
            write(
                $"""
                insert into {schema}.verdict_change (agreement, provision, position, as_of, life, verdict, was, since, best, worst, decided_by)
                values (^, ^, ^, ^, nullif(^, ''), nullif(^, ''), nullif(^, ''), nullif(^, '')::timestamptz, nullif(^, ''), nullif(^, ''), ^) on conflict do nothing
                """,
                [
                    agreement,
                    change.Provision,
                    change.Position,
                    change.AsOf.ToDateTimeOffset(),
                    Words.OrNone(change.Now?.Life),
                    Words.OrNone(change.Now?.Verdict),
                    Words.OrNone(change.Was),
                    change.Now?.Answer?.Since?.ToText() ?? "",
                    Words.OrNone(change.Now?.Best),
                    Words.OrNone(change.Now?.Worst),
                    change.Now?.Answer?.DecidedBy.Select(deciding => deciding.Entry).Distinct().ToArray() ?? [],
                ]
            );
        }

        write(
            $"delete from {schema}.provision_standing where agreement = ^ and provision <> all(^) and position <= ^",
            [agreement, history.Standings.Select(s => s.Provision).ToArray(), history.Position]
        );
        foreach (var standing in history.Standings.Where(standing => standing.Answer is not null))
        {
            var answer = standing.Answer!;
            write(
                $"""
                insert into {schema}.provision_standing as s (agreement, provision, position, as_of, reading, kind, life, verdict, reason, since, deadline, best, worst, violations)
                values (^, ^, ^, ^, ^, ^, ^, ^, ^, nullif(^, '')::timestamptz, nullif(^, '')::timestamptz, ^, ^, ^)
                on conflict (agreement, provision) do update set position = excluded.position, as_of = excluded.as_of, reading = excluded.reading, kind = excluded.kind, life = excluded.life,
                    verdict = excluded.verdict, reason = excluded.reason, since = excluded.since, deadline = excluded.deadline, best = excluded.best, worst = excluded.worst, violations = excluded.violations
                where (s.position, s.as_of) <= (excluded.position, excluded.as_of)
                """,
                [
                    agreement,
                    standing.Provision,
                    standing.Position,
                    standing.AsOf.ToDateTimeOffset(),
                    answer.Reading,
                    answer.Kind,
                    Words.Of(standing.Life),
                    Words.Of(standing.Verdict),
                    Words.Of(answer.Reason),
                    answer.Since?.ToText() ?? "",
                    answer.Deadline?.ToText() ?? "",
                    Words.Of(standing.Best),
                    Words.Of(standing.Worst),
                    answer.Counts?.Violations ?? 0,
                ]
            );
        }

        write(
            $"""
            insert into {schema}.verdict_progress as p (agreement, position, as_of) values (^, ^, ^)
            on conflict (agreement) do update set position = excluded.position, as_of = excluded.as_of where (p.position, p.as_of) <= (excluded.position, excluded.as_of)
            """,
            [agreement, history.Position, history.AsOf.ToDateTimeOffset()]
        );
    }
}
