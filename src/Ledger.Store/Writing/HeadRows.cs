using Ledger.Domain.Identities;
using Ledger.Proof;
using Ledger.Proof.Trees;
using Ledger.Store.Following;
using Ledger.Store.Log;
using Ledger.Store.Sql;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Writing;

/// <summary>
/// The row in <c>ledger_head</c> through which the processes on one database take turns with an agreement.
/// </summary>
internal sealed class HeadRows(string schema, AgreementId agreement)
{
    /// <summary>
    /// Takes the lock, and looks at the end of the stream under it. What a row could say falsely about the last entry is
    /// read from that entry itself.
    /// </summary>
    public IEnumerable<NpgsqlBatchCommand> Lock() =>
        [
            Commands.Step($"select size, root from {schema}.ledger_head where agreement = $1 for update", agreement),
            Commands.Step(
                $"""
                select clock_timestamp(), (select version from {schema}.mt_streams where id = $1),
                    (select e.bytes from {schema}.ledger_entry e where e.agreement = $1 order by e.position desc limit 1),
                    (select max(e.position) from {schema}.ledger_entry e where e.agreement = $1 and e.type = any(array['agreement_adopted', 'agreement_revised']))
                """,
                agreement
            ),
        ];

    /// <summary>What <see cref="Lock"/> found; no head before the first entry.</summary>
    /// <exception cref="InvalidOperationException">Head, stream and entries do not end together.</exception>
    public async Task<(StreamHead? Head, Instant DatabaseClock)> ReadAsync(
        NpgsqlDataReader rows,
        CancellationToken cancellationToken
    )
    {
        var (found, size, root) = (await rows.ReadAsync(cancellationToken), 0L, MerkleHash.EmptyRoot);
        if (found)
            (size, root) = (rows.GetInt64(0), rows.HashAt(1));
        await rows.NextResultAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        var now = rows.InstantAt(0);
        if (!found)
            return (null, now);
        var version = rows.IsDBNull(1) ? 0 : rows.GetInt64(1);
        var last = rows.IsDBNull(2) ? null : Ledger.Proof.Entries.Entry.Parse(rows.GetFieldValue<byte[]>(2));
        if (version != size || (last?.Position ?? 0) != size)
            throw new InvalidOperationException(
                $"The stream of '{agreement}' has {version} events, its log {size} entries, and the last entry is at {last?.Position ?? 0}: they disagree."
            );
        return (
            new StreamHead(
                size,
                root,
                last is null ? Instant.MinValue : Instant.FromDateTimeOffset(last.Recorded),
                rows.IsDBNull(3) ? 0 : rows.GetInt64(3)
            ),
            now
        );
    }

    /// <summary>The first position after which every entry is dated later than now.</summary>
    public async Task<long> WrongSinceAsync(
        NpgsqlTransaction transaction,
        Instant now,
        CancellationToken cancellationToken
    )
    {
        await using var command = transaction.Ask(
            $"select e.position + 1 from {schema}.ledger_entry e where e.agreement = $1 and e.recorded_at <= $2 order by e.position desc limit 1",
            agreement,
            now
        );
        return await command.ExecuteScalarAsync(cancellationToken) is long position ? position : 1;
    }

    /// <summary>Makes the row that can be locked.</summary>
    public async Task BeginAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var first = transaction.Ask(
            $"insert into {schema}.ledger_head (agreement, size, root, recorded_at, text_position) values ($1, 0, $2, 'epoch', 0) on conflict do nothing",
            agreement,
            MerkleHash.EmptyRoot
        );
        await first.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Moves the head on, and tells everybody who listens once it is committed.</summary>
    public IEnumerable<NpgsqlBatchCommand> Advance(StreamHead head)
    {
        yield return Commands.Step(
            $"update {schema}.ledger_head set size = $2, root = $3, recorded_at = $4, text_position = $5 where agreement = $1",
            agreement,
            head.Size,
            head.Root,
            head.RecordedAt,
            head.TextPosition
        );
        yield return Commands.Step(
            "select pg_notify($1, $2)",
            Appended.Channel(schema),
            new Appended(agreement, head.Size).ToPayload()
        );
    }
}
