using System.Collections.Immutable;
using Ledger.Domain.Identities;
using Ledger.Store.Sql;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Sealing;

/// <summary>That somebody opened a sealed value.</summary>
/// <param name="Person">Who.</param>
/// <param name="Name">Which value of the entry: <c>narrative</c>, <c>source.identity</c>.</param>
public sealed record Opening(
    long Position,
    Guid Entry,
    string Name,
    Guid Person,
    string PersonName,
    string Reason,
    Instant At
);

/// <summary>Who opened which sealed value, when, and for what reason. Rows are only added.</summary>
public sealed class Openings(NpgsqlDataSource database, LedgerStoreOptions options, TimeProvider clock)
{
    public async Task RecordAsync(
        IReadOnlyList<(Guid Entry, AgreementId Agreement, string Name)> opened,
        DisclosureAccess access,
        CancellationToken cancellationToken = default
    )
    {
        if (opened.Count == 0)
            return;
        await database.DoAsync(
            cancellationToken,
            $"""
            insert into {options.Schema}.opening (opening_id, agreement, position, entry_id, name, person_id, reason, opened_at)
            select o.id, o.agreement, e.position, o.entry, o.name, $5, $6, $7 from unnest($1, $2, $3, $4) as o (id, entry, agreement, name) join {options.Schema}.ledger_entry e on e.entry_id = o.entry
            """,
            opened.Select(_ => Guid.CreateVersion7()).ToArray(),
            opened.Select(o => o.Entry).ToArray(),
            opened.Select(o => o.Agreement).ToArray(),
            opened.Select(o => o.Name).ToArray(),
            access.Person,
            access.Reason,
            clock.Now()
        );
    }

    /// <summary>Newest first.</summary>
    public async Task<ImmutableArray<Opening>> OfAsync(
        AgreementId agreement,
        int most,
        CancellationToken cancellationToken = default
    ) =>
        [
            .. await database
                .Ask(
                    $"""
                    select o.position, o.entry_id, o.name, o.person_id, coalesce(p.name, ''), o.reason, o.opened_at
                    from {options.Schema}.opening o left join {options.Schema}.person p using (person_id) where o.agreement = $1 order by o.opened_at desc, o.opening_id desc limit $2
                    """,
                    agreement,
                    most
                )
                .ListAsync(
                    rows => new Opening(
                        rows.GetInt64(0),
                        rows.GetGuid(1),
                        rows.GetString(2),
                        rows.GetGuid(3),
                        rows.GetString(4),
                        rows.GetString(5),
                        rows.InstantAt(6)
                    ),
                    cancellationToken
                ),
        ];
}
