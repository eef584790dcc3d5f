using Ledger.Domain.Identities;
using Ledger.Store.Sql;
using Npgsql;

namespace Ledger.Store.Evidence;

/// <summary>
/// The most bytes of files that are kept for one person in all agreements, and in one agreement for all its people.
/// </summary>
public sealed record EvidenceShares(long OfPerson, long OfAgreement);

/// <summary>There is no room left for a file.</summary>
/// <param name="OfPerson">Whether it is the person's, else it is the agreement's.</param>
/// <param name="Taken">Bytes that are kept already.</param>
/// <param name="Most">Bytes that may be.</param>
public sealed record NoRoom(bool OfPerson, long Taken, long Most);

/// <summary>
/// Counts the bytes of files as they are kept. A sum for each person and agreement is changed with each file, so that
/// nothing is added up while somebody waits. A file counts once in an agreement, for whoever sent it first.
/// </summary>
public sealed class EvidenceRoom(NpgsqlDataSource database, LedgerStoreOptions options, EvidenceShares shares)
{
    /// <summary>What would be answered to a file of that size, before any of it has come.</summary>
    public Task<NoRoom?> LookAsync(
        AgreementId agreement,
        Guid person,
        string sha256,
        long size,
        CancellationToken cancellationToken
    ) => CountAsync(agreement, person, sha256, size, keeps: false, cancellationToken);

    /// <summary>
    /// Counts a file that is about to be kept; null where there is room. Files that come at the same time are counted
    /// one after the other.
    /// </summary>
    public Task<NoRoom?> TakeAsync(
        AgreementId agreement,
        Guid person,
        string sha256,
        long size,
        CancellationToken cancellationToken
    ) => CountAsync(agreement, person, sha256, size, keeps: true, cancellationToken);

    private async Task<NoRoom?> CountAsync(
        AgreementId agreement,
        Guid person,
        string sha256,
        long size,
        bool keeps,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // What is not committed is undone, which is all that looking is.
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (
            await transaction.DoAsync(
                cancellationToken,
                $"insert into {options.Schema}.evidence_kept (agreement, sha256, bytes) values ($1, $2, $3) on conflict do nothing",
                agreement,
                sha256,
                size
            ) == 0
        )
            return null;
        // Everybody locks an agreement before a person, so that nobody waits in a circle.
        foreach (
            var (whose, most, ofPerson) in ((string, long, bool)[])
                [($"agreement {agreement}", shares.OfAgreement, false), ($"person {person:D}", shares.OfPerson, true)]
        )
        {
            if (await AddAsync(transaction, whose, size, most, cancellationToken) is { } taken)
                return new NoRoom(ofPerson, taken, most);
        }

        if (keeps)
            await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <returns>What is taken, where there is no room for more; else null.</returns>
    private async Task<long?> AddAsync(
        NpgsqlTransaction transaction,
        string whose,
        long size,
        long most,
        CancellationToken cancellationToken
    )
    {
        var room = $"{options.Schema}.evidence_room";
        var added = await transaction.DoAsync(
            cancellationToken,
            $"insert into {room} as r (whose, bytes) select $1, $2 where $2 <= $3 on conflict (whose) do update set bytes = r.bytes + excluded.bytes where r.bytes <= $3 - excluded.bytes",
            whose,
            size,
            most
        );
        if (added > 0)
            return null;
        await using var taken = transaction.Ask(
            $"select coalesce(max(bytes), 0)::bigint from {room} where whose = $1",
            whose
        );
        return (long)(await taken.ExecuteScalarAsync(cancellationToken))!;
    }
}
