using Ledger.Domain.Identities;
using Ledger.Proof.Notes;
using Ledger.Store.Sql;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Publishing;

/// <summary>Keeps what witnesses have cosigned.</summary>
public sealed class Cosignatures(NpgsqlDataSource database, LedgerStoreOptions options)
{
    /// <summary>The agreements that have a log.</summary>
    public async Task<IReadOnlyList<AgreementId>> AgreementsAsync(CancellationToken cancellationToken = default) =>
        await database
            .Ask($"select agreement from {options.Schema}.ledger_head where size > 0")
            .ListAsync(rows => rows.AgreementAt(0), cancellationToken);

    /// <summary>What this witness cosigned last of an agreement, and when; null when nothing.</summary>
    public async Task<(long Size, DateTimeOffset At)?> LastAsync(
        AgreementId agreement,
        string witness,
        CancellationToken cancellationToken = default
    ) =>
        await database
            .Ask(
                $"select size, cosigned_at from {options.Schema}.ledger_cosignature where agreement = $1 and witness = $2 order by size desc limit 1",
                agreement,
                witness
            )
            .ListAsync(rows => (rows.GetInt64(0), rows.GetFieldValue<DateTimeOffset>(1)), cancellationToken)
            is [var last]
            ? last
            : null;

    public Task KeepAsync(
        AgreementId agreement,
        long size,
        NoteSignature line,
        CancellationToken cancellationToken = default
    ) =>
        database.DoAsync(
            cancellationToken,
            $"insert into {options.Schema}.ledger_cosignature (agreement, size, witness, cosigned_at, line) values ($1, $2, $3, $4, $5) on conflict do nothing",
            agreement,
            size,
            line.Name,
            Instant.FromUnixTimeSeconds(Cosignature.TryRead(line)!.Time),
            line.ToString()
        );
}
