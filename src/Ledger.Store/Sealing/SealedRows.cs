using System.Runtime.CompilerServices;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Proof.Disclosures;
using Ledger.Proof.Sealing;
using Ledger.Store.Sql;
using Npgsql;

namespace Ledger.Store.Sealing;

/// <summary>A value as it is kept for an entry; the key is null where it was destroyed or cannot be found.</summary>
internal sealed record KeptValue(Guid Entry, string Name, AgreementId Agreement, byte[] Bytes, byte[]? Key)
{
    /// <summary>What opens the digest in the entry; null where nothing does any more.</summary>
    public Disclosure? Open(LedgerEvent recorded) =>
        SealedValues.DigestOf(recorded, Name) is { } digest && Key is { } key
            ? SealedBytes.Open(key, Agreement, digest, Bytes)
            : null;
}

/// <summary>Reads what is kept for entries, with the key of each value.</summary>
internal static class SealedRows
{
    /// <summary>A query over <c>$1</c>, the ids of entries.</summary>
    public static string Query(string schema) =>
        $"""
            select s.entry_id, s.name, s.agreement, s.sealed, s.handle, h.segment, h.place
            from {schema}.ledger_sealed s join {schema}.ledger_handle h on h.handle = s.handle where s.entry_id = any($1) order by s.entry_id, s.name
            """;

    /// <summary>The answer to <see cref="Query"/>.</summary>
    public static async IAsyncEnumerable<KeptValue> ReadAsync(
        NpgsqlDataReader rows,
        PersonKeys? keys,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        while (await rows.ReadAsync(cancellationToken))
            yield return new KeptValue(
                rows.GetGuid(0),
                rows.GetString(1),
                rows.AgreementAt(2),
                rows.GetFieldValue<byte[]>(3),
                keys?.Find(rows.GetGuid(4), new KeyPlace(rows.GetGuid(5), rows.GetInt64(6)))
            );
    }
}
