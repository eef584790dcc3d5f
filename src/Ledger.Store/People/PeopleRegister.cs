using System.Collections.Immutable;
using Ledger.Domain.Identities;
using Ledger.Store.Sql;
using NodaTime;
using Npgsql;

namespace Ledger.Store.People;

/// <summary>Who there is, what each may do, and on which devices.</summary>
public sealed class PeopleRegister(NpgsqlDataSource database, LedgerStoreOptions options, TimeProvider clock)
{
    /// <summary>Who proposed a role is not held to it for ever.</summary>
    private static readonly Duration ProposalLife = Duration.FromDays(14);

    private readonly string _schema = options.Schema;

    /// <summary>Everybody, the revoked too, by name.</summary>
    public async Task<ImmutableArray<Person>> AllAsync(CancellationToken cancellationToken = default) =>
        [.. await PeopleAsync("", [], cancellationToken)];

    public async Task<Person?> FindAsync(Guid person, CancellationToken cancellationToken = default) =>
        (await PeopleAsync("where p.person_id = $1", [person], cancellationToken)).SingleOrDefault();

    /// <summary>Whether somebody beside the operator of the machine keeps this ledger.</summary>
    public async Task<bool> HasAdministratorsAsync(Guid operatorId, CancellationToken cancellationToken = default)
    {
        await using var command = database.Ask(
            $"""
            select exists (select from {_schema}.membership m join {_schema}.person p using (person_id)
                where m.agreement = '*' and m.role = 'administrator' and p.revoked_at is null and p.person_id <> $1)
            """,
            operatorId
        );
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>Makes the person if there is none with the id.</summary>
    public async Task EnsureAsync(
        Guid person,
        string name,
        ImmutableArray<Membership> memberships,
        CancellationToken cancellationToken = default
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await AddAsync(transaction, _schema, person, name, null, clock.Now(), cancellationToken))
            await GrantAsync(transaction, _schema, person, memberships, null, clock.Now(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task GrantAsync(
        Guid person,
        Membership membership,
        Guid by,
        CancellationToken cancellationToken = default
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await GrantAsync(transaction, _schema, person, [membership], by, clock.Now(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Gives a role that takes two people: the first who wants it proposes it, and another who wants the same gives it.
    /// </summary>
    /// <returns>Whether the person has the role now.</returns>
    public async Task<bool> GrantByTwoAsync(
        Guid person,
        Membership membership,
        Guid by,
        CancellationToken cancellationToken = default
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        object[] role =
        [
            person,
            membership.Agreement,
            NameOf(membership.Role),
            membership.Party,
            membership.OpensSealed,
        ];
        var now = clock.Now();
        const string Same = "person_id = $1 and agreement = $2 and role = $3 and party = $4 and opens_sealed = $5";
        var first = await transaction
            .Ask(
                $"delete from {_schema}.proposed_membership where {Same} and proposed_by <> $6 and proposed_at > $7 returning proposed_by",
                [.. role, by, now - ProposalLife]
            )
            .ListAsync(rows => rows.GetGuid(0), cancellationToken);
        if (first is [var proposer])
            await GrantAsync(transaction, _schema, person, [membership], by, now, cancellationToken, proposer);
        else
            await transaction.DoAsync(
                cancellationToken,
                $"""
                insert into {_schema}.proposed_membership as p (person_id, agreement, role, party, opens_sealed, proposed_by, proposed_at) values ($1, $2, $3, $4, $5, $6, $7)
                on conflict (person_id, agreement, role, party, opens_sealed) do update set proposed_by = excluded.proposed_by, proposed_at = excluded.proposed_at
                """,
                [.. role, by, now]
            );
        await transaction.CommitAsync(cancellationToken);
        return first is [_];
    }

    /// <summary>Roles that were proposed and wait for a second person.</summary>
    public async Task<ILookup<Guid, ProposedRole>> ProposedAsync(CancellationToken cancellationToken = default) =>
        (
            await database
                .Ask(
                    $"select m.person_id, m.agreement, m.role, m.party, m.opens_sealed, m.proposed_by, p.name from {_schema}.proposed_membership m join {_schema}.person p on p.person_id = m.proposed_by where m.proposed_at > $1 order by m.proposed_at",
                    clock.Now() - ProposalLife
                )
                .ListAsync(
                    rows =>
                        (
                            Person: rows.GetGuid(0),
                            Role: new ProposedRole(
                                new Membership(
                                    rows.GetString(1),
                                    Enum.Parse<Role>(rows.GetString(2), ignoreCase: true),
                                    rows.GetString(3),
                                    rows.GetBoolean(4)
                                ),
                                rows.GetGuid(5),
                                rows.GetString(6)
                            )
                        ),
                    cancellationToken
                )
        ).ToLookup(row => row.Person, row => row.Role);

    /// <summary>Takes a role away; that it was had is kept.</summary>
    /// <returns>Whether the person had that role.</returns>
    public async Task<bool> WithdrawAsync(
        Guid person,
        Membership membership,
        Guid by,
        CancellationToken cancellationToken = default
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var found = await EndAsync(transaction, _schema, person, membership, by, clock.Now(), cancellationToken);
        // Who may no longer give roles has no open invitation by which somebody, perhaps they themselves, comes in with
        // some.
        if (found && membership.Role == Role.Administrator)
        {
            await transaction.DoAsync(
                cancellationToken,
                $"update {_schema}.invitation set revoked_at = coalesce(revoked_at, $3) where created_by = $1 and redeemed_at is null and ($2 = '*' or exists (select from jsonb_array_elements(memberships) m where m ->> 'agreement' = $2))",
                person,
                membership.Agreement,
                clock.Now()
            );
        }

        await transaction.CommitAsync(cancellationToken);
        return found;
    }

    /// <summary>
    /// Who had which role of an agreement when, those of every agreement among them; the newest first.
    /// </summary>
    public async Task<ImmutableArray<RoleHeld>> HistoryAsync(
        AgreementId agreement,
        int most,
        CancellationToken cancellationToken = default
    ) =>
        [
            .. await database
                .Ask(
                    $"""
                    select h.person_id, p.name, h.agreement, h.role, h.party, h.opens_sealed, h.granted_at, g.name, least(h.withdrawn_at, p.revoked_at), case when p.revoked_at < h.withdrawn_at or h.withdrawn_at is null then null else w.name end, f.name
                    from (select person_id, agreement, role, party, opens_sealed, granted_at, granted_by, proposed_by, null::timestamptz as withdrawn_at, null::uuid as withdrawn_by from {_schema}.membership
                        union all select person_id, agreement, role, party, opens_sealed, granted_at, granted_by, proposed_by, withdrawn_at, withdrawn_by from {_schema}.past_membership) h
                    join {_schema}.person p using (person_id) left join {_schema}.person g on g.person_id = h.granted_by left join {_schema}.person w on w.person_id = h.withdrawn_by left join {_schema}.person f on f.person_id = h.proposed_by
                    where h.agreement in ($1, '*') order by h.granted_at desc, p.name, h.role, h.party limit $2
                    """,
                    agreement,
                    most
                )
                .ListAsync(
                    rows => new RoleHeld(
                        rows.GetGuid(0),
                        rows.GetString(1),
                        new Membership(
                            rows.GetString(2),
                            Enum.Parse<Role>(rows.GetString(3), ignoreCase: true),
                            rows.GetString(4),
                            rows.GetBoolean(5)
                        ),
                        rows.InstantAt(6),
                        rows.SomeTextAt(7),
                        rows.SomeInstantAt(8),
                        rows.SomeTextAt(9),
                        rows.SomeTextAt(10)
                    ),
                    cancellationToken
                ),
        ];

    /// <summary>Closes every door to a person: sessions, tokens, devices and links that are open for them.</summary>
    /// <returns>Whether there is such a person.</returns>
    public async Task<bool> RevokeAsync(Guid person, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var now = clock.Now();
        var found =
            await transaction.DoAsync(
                cancellationToken,
                $"update {_schema}.person set revoked_at = coalesce(revoked_at, $2) where person_id = $1",
                person,
                now
            ) > 0;
        await transaction.DoAsync(
            cancellationToken,
            $"update {_schema}.session set ended_at = coalesce(ended_at, $2) where person_id = $1",
            person,
            now
        );
        await transaction.DoAsync(
            cancellationToken,
            $"update {_schema}.api_token set revoked_at = coalesce(revoked_at, $2) where person_id = $1",
            person,
            now
        );
        await transaction.DoAsync(
            cancellationToken,
            $"update {_schema}.device set revoked_at = coalesce(revoked_at, $2) where person_id = $1",
            person,
            now
        );
        await transaction.DoAsync(
            cancellationToken,
            $"update {_schema}.invitation set revoked_at = coalesce(revoked_at, $2) where person_id = $1 or created_by = $1",
            person,
            now
        );
        await transaction.CommitAsync(cancellationToken);
        return found;
    }

    public async Task SetPublicAsync(
        AgreementId agreement,
        bool isPublic,
        Guid by,
        CancellationToken cancellationToken = default
    ) =>
        await database.DoAsync(
            cancellationToken,
            isPublic
                ? $"insert into {_schema}.public_reading (agreement, since, granted_by) values ($1, $2, $3) on conflict do nothing"
                : $"delete from {_schema}.public_reading where agreement = $1 and $2::timestamptz is not null and $3::uuid is not null",
            agreement,
            clock.Now(),
            by
        );

    /// <summary>The person who filed an entry; null where nobody is recorded.</summary>
    public async Task<Guid?> FilerOfAsync(Guid entry, CancellationToken cancellationToken = default)
    {
        await using var command = database.Ask($"select person_id from {_schema}.filing where entry_id = $1", entry);
        return await command.ExecuteScalarAsync(cancellationToken) as Guid?;
    }

    /// <summary>Who filed each of the entries, where it is known.</summary>
    public async Task<IReadOnlyDictionary<Guid, Guid>> FilersOfAsync(
        ImmutableArray<Guid> entries,
        CancellationToken cancellationToken = default
    )
    {
        var filers = new Dictionary<Guid, Guid>();
        await using var command = database.Ask(
            $"select entry_id, person_id from {_schema}.filing where entry_id = any($1)",
            entries.ToArray()
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            filers.Add(rows.GetGuid(0), rows.GetGuid(1));
        return filers;
    }

    internal static string NameOf(Role role) => role.ToString().ToLowerInvariant();

    internal static async Task<bool> AddAsync(
        NpgsqlTransaction transaction,
        string schema,
        Guid person,
        string name,
        Guid? by,
        Instant now,
        CancellationToken cancellationToken
    ) =>
        await transaction.DoAsync(
            cancellationToken,
            $"insert into {schema}.person (person_id, name, created_at, created_by) values ($1, $2, $3, $4) on conflict do nothing",
            person,
            name,
            now,
            by
        ) > 0;

    internal static async Task GrantAsync(
        NpgsqlTransaction transaction,
        string schema,
        Guid person,
        ImmutableArray<Membership> memberships,
        Guid? by,
        Instant now,
        CancellationToken cancellationToken,
        Guid? proposedBy = null
    )
    {
        foreach (var membership in memberships)
        {
            // The same role with another right to open is another role; the same again changes nothing.
            await EndAsync(
                transaction,
                schema,
                person,
                membership,
                by,
                now,
                cancellationToken,
                $" and opens_sealed <> {(membership.OpensSealed ? "true" : "false")}"
            );
            await transaction.DoAsync(
                cancellationToken,
                $"insert into {schema}.membership (person_id, agreement, role, party, opens_sealed, granted_at, granted_by, proposed_by) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
                person,
                membership.Agreement,
                NameOf(membership.Role),
                membership.Party,
                membership.OpensSealed,
                now,
                by,
                proposedBy
            );
        }
    }

    private static async Task<bool> EndAsync(
        NpgsqlTransaction transaction,
        string schema,
        Guid person,
        Membership membership,
        Guid? by,
        Instant now,
        CancellationToken cancellationToken,
        string where = ""
    ) =>
        await transaction.DoAsync(
            cancellationToken,
            $"""
            with ended as (delete from {schema}.membership where person_id = $1 and agreement = $2 and role = $3 and party = $4{where} returning *)
            insert into {schema}.past_membership (person_id, agreement, role, party, opens_sealed, granted_at, granted_by, proposed_by, withdrawn_at, withdrawn_by)
            select person_id, agreement, role, party, opens_sealed, granted_at, granted_by, proposed_by, $5::timestamptz, $6::uuid from ended
            """,
            person,
            membership.Agreement,
            NameOf(membership.Role),
            membership.Party,
            now,
            by
        ) > 0;

    private async Task<List<Person>> PeopleAsync(string where, object[] parameters, CancellationToken cancellationToken)
    {
        var devices = (
            await database
                .Ask(
                    $"select person_id, device_id, name, public_key, enrolled_at, last_seen_at, revoked_at from {_schema}.device order by enrolled_at"
                )
                .ListAsync(
                    rows =>
                        (
                            Person: rows.GetGuid(0),
                            Device: new Device(
                                rows.GetGuid(1),
                                rows.GetString(2),
                                rows.GetString(3),
                                rows.InstantAt(4),
                                rows.SomeInstantAt(5),
                                rows.SomeInstantAt(6)
                            )
                        ),
                    cancellationToken
                )
        ).ToLookup(row => row.Person, row => row.Device);
        return await database
            .Ask(
                $"select p.person_id, p.name, p.created_at, p.revoked_at, {Access.MembershipsOf(_schema)} from {_schema}.person p {where} order by p.name, p.person_id",
                parameters
            )
            .ListAsync(
                rows => new Person(
                    rows.GetGuid(0),
                    rows.GetString(1),
                    rows.InstantAt(2),
                    rows.SomeInstantAt(3),
                    rows.MembershipsAt(4),
                    [.. devices[rows.GetGuid(0)]]
                ),
                cancellationToken
            );
    }
}
