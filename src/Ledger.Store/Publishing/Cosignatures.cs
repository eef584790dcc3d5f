using Ledger.Proof.Notes;
using Npgsql;

namespace Ledger.Store.Publishing;

/// <summary>Keeps what witnesses have cosigned.</summary>
public sealed class Cosignatures(NpgsqlDataSource database, LedgerStoreOptions options)
{
    /// <summary>Agreements and the size of the latest checkpoint of each.</summary>
    public async Task<IReadOnlyList<(string Agreement, long Size)>> LatestAsync(
        CancellationToken cancellationToken = default
    )
    {
        await using var command = database.CreateCommand(
            $"select agreement, size from {options.Schema}.ledger_head where size > 0"
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<(string, long)>();
        while (await rows.ReadAsync(cancellationToken))
            found.Add((rows.GetString(0), rows.GetInt64(1)));
        return found;
    }

    /// <summary>What this witness cosigned last of an agreement, and when; null when nothing.</summary>
    public async Task<(long Size, DateTimeOffset At)?> LastAsync(
        string agreement,
        string witness,
        CancellationToken cancellationToken = default
    )
    {
        await using var command = database.CreateCommand(
            $"select size, cosigned_at from {options.Schema}.ledger_cosignature where agreement = $1 and witness = $2 order by size desc limit 1"
        );
        command.Parameters.Add(new() { Value = agreement });
        command.Parameters.Add(new() { Value = witness });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken)
            ? (rows.GetInt64(0), rows.GetFieldValue<DateTimeOffset>(1))
            : null;
    }

    /// <summary>The largest sizes that anybody cosigned, at most so many.</summary>
    public async Task<IReadOnlyList<long>> SizesAsync(
        string agreement,
        int most,
        CancellationToken cancellationToken = default
    )
    {
        await using var command = database.CreateCommand(
            $"select distinct size from {options.Schema}.ledger_cosignature where agreement = $1 order by size desc limit $2"
        );
        command.Parameters.Add(new() { Value = agreement });
        command.Parameters.Add(new() { Value = most });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var sizes = new List<long>();
        while (await rows.ReadAsync(cancellationToken))
            sizes.Add(rows.GetInt64(0));
        return sizes;
    }

    public async Task KeepAsync(
        string agreement,
        long size,
        NoteSignature line,
        CancellationToken cancellationToken = default
    )
    {
        await using var command = database.CreateCommand(
            $"insert into {options.Schema}.ledger_cosignature (agreement, size, witness, cosigned_at, line) values ($1, $2, $3, $4, $5) on conflict do nothing"
        );
        foreach (
            var value in (object[])
                [
                    agreement,
                    size,
                    line.Name,
                    DateTimeOffset.FromUnixTimeSeconds(Cosignature.TryRead(line)!.Time),
                    line.ToString(),
                ]
        )
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
