using Ledger.Proof;
using Ledger.Proof.Trees;
using Ledger.Store.Following;
using Ledger.Store.Log;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Writing;

/// <summary>
/// The row in <c>ledger_head</c> through which the processes on one database take turns with an agreement.
/// </summary>
internal sealed class HeadRows(string schema, string agreement)
{
    public NpgsqlBatchCommand Lock() =>
        new($"select size, root, recorded_at, text_position from {schema}.ledger_head where agreement = $1 for update")
        {
            Parameters = { new() { Value = agreement } },
        };

    /// <summary>What <see cref="Lock"/> found; null before the first entry.</summary>
    public static async Task<StreamHead?> ReadAsync(NpgsqlDataReader rows, CancellationToken cancellationToken) =>
        await rows.ReadAsync(cancellationToken)
            ? new StreamHead(
                rows.GetInt64(0),
                new Hash(rows.GetFieldValue<byte[]>(1)),
                Instant.FromDateTimeUtc(rows.GetDateTime(2)),
                rows.GetInt64(3)
            )
            : null;

    /// <summary>Makes the row that can be locked.</summary>
    public async Task BeginAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var first = new NpgsqlCommand(
            $"insert into {schema}.ledger_head (agreement, size, root, recorded_at, text_position) values ($1, 0, $2, 'epoch', 0) on conflict do nothing",
            transaction.Connection,
            transaction
        )
        {
            Parameters =
            {
                new() { Value = agreement },
                new() { Value = MerkleHash.EmptyRoot.ToArray() },
            },
        };
        await first.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Moves the head on, and tells everybody who listens once it is committed.</summary>
    public IEnumerable<NpgsqlBatchCommand> Advance(StreamHead head)
    {
        yield return new NpgsqlBatchCommand(
            $"update {schema}.ledger_head set size = $2, root = $3, recorded_at = $4, text_position = $5 where agreement = $1"
        )
        {
            Parameters =
            {
                new() { Value = agreement },
                new() { Value = head.Size },
                new() { Value = head.Root.ToArray() },
                new() { Value = head.RecordedAt.ToDateTimeUtc() },
                new() { Value = head.TextPosition },
            },
        };
        yield return new NpgsqlBatchCommand("select pg_notify($1, $2)")
        {
            Parameters =
            {
                new() { Value = Appended.Channel(schema) },
                new() { Value = new Appended(agreement, head.Size).ToPayload() },
            },
        };
    }
}
