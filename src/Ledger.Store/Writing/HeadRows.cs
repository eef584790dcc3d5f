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
    public NpgsqlBatchCommand Lock() =>
        Commands.Step(
            $"select size, root, recorded_at, text_position from {schema}.ledger_head where agreement = $1 for update",
            agreement
        );

    /// <summary>What <see cref="Lock"/> found; null before the first entry.</summary>
    public static async Task<StreamHead?> ReadAsync(NpgsqlDataReader rows, CancellationToken cancellationToken) =>
        await rows.ReadAsync(cancellationToken)
            ? new StreamHead(rows.GetInt64(0), rows.HashAt(1), rows.InstantAt(2), rows.GetInt64(3))
            : null;

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
