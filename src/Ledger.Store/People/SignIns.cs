using System.Collections.Immutable;
using Ledger.Store.Sql;
using NodaTime;
using Npgsql;

namespace Ledger.Store.People;

/// <summary>A link that lets somebody in once.</summary>
/// <param name="Person">Whom it signs in; null where it makes a new person.</param>
/// <param name="Email">Whoever signs in elsewhere with this verified address may use it without the link.</param>
public sealed record Invitation(
    Guid Id,
    Guid? Person,
    string Name,
    ImmutableArray<Membership> Memberships,
    string? Email,
    Instant CreatedAt,
    Guid? CreatedBy,
    Instant ExpiresAt,
    Instant? RedeemedAt,
    Instant? RevokedAt
);

/// <summary>What a link is worth.</summary>
public enum LinkState
{
    Open,
    Used,
    Withdrawn,
    Expired,
    Unknown,
}

/// <param name="Scope">What the token gives at most; null is all that its person has.</param>
public sealed record ApiToken(
    Guid Id,
    Guid Person,
    string Name,
    ImmutableArray<Membership>? Scope,
    Instant CreatedAt,
    Instant ExpiresAt,
    Instant? LastUsedAt,
    Instant? RevokedAt
);

/// <summary>A browser that is signed in.</summary>
/// <param name="How">The way it came in: link, passkey or oidc.</param>
public sealed record LiveSession(
    Guid Id,
    string How,
    Guid? Device,
    Instant StartedAt,
    Instant LastSeenAt,
    Instant ExpiresAt
);

/// <summary>What a person was let in with. The secret exists here and in the answer, and nowhere else.</summary>
public sealed record NewSession(string Secret, Guid Person, Guid? Device, Instant ExpiresAt);

/// <summary>The ways in: links that work once, sessions, and tokens for programs.</summary>
public sealed class SignIns(NpgsqlDataSource database, LedgerStoreOptions options, TimeProvider clock)
{
    private const string InvitationColumns =
        "invitation_id, person_id, name, memberships::text, email, created_at, created_by, expires_at, redeemed_at, revoked_at";

    private readonly string _schema = options.Schema;

    /// <summary>The secret is returned once and cannot be had again.</summary>
    public Task<(string Secret, Invitation Invitation)> InviteAsync(
        Guid? person,
        string name,
        ImmutableArray<Membership> memberships,
        string? email,
        Duration life,
        Guid? by,
        CancellationToken cancellationToken = default
    ) => InviteAsync(person, name, memberships, email, life, by, null, null, cancellationToken);

    /// <param name="person">Whom it signs in; null where it makes a new person.</param>
    /// <param name="name">Of them.</param>
    /// <param name="memberships">What a new person may do.</param>
    /// <param name="email">May use it without the link.</param>
    /// <param name="life">Until it is too old.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="madeOn">The device it is made on, with which it ends.</param>
    /// <param name="madeBy">The session or token by which it is made; it ends with the token.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<(string Secret, Invitation Invitation)> InviteAsync(
        Guid? person,
        string name,
        ImmutableArray<Membership> memberships,
        string? email,
        Duration life,
        Guid? by,
        Guid? madeOn,
        Guid? madeBy,
        CancellationToken cancellationToken = default
    )
    {
        var (secret, now) = (Secret.New(Secret.Link), clock.Now());
        var invitation = new Invitation(
            Guid.CreateVersion7(),
            person,
            name,
            memberships,
            email,
            now,
            by,
            now + life,
            null,
            null
        );
        await database.DoAsync(
            cancellationToken,
            $"insert into {_schema}.invitation (secret_hash, invitation_id, person_id, name, memberships, email, created_at, created_by, expires_at, made_on, made_by) values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10, $11)",
            Secret.HashOf(secret, Secret.Link),
            invitation.Id,
            person,
            name,
            MembershipJson.Write(memberships),
            email,
            now,
            by,
            invitation.ExpiresAt,
            madeOn,
            madeBy
        );
        return (secret, invitation);
    }

    public async Task<ImmutableArray<Invitation>> InvitationsAsync(CancellationToken cancellationToken = default) =>
        [
            .. await database
                .Ask($"select {InvitationColumns} from {_schema}.invitation order by created_at desc")
                .ListAsync(InvitationOf, cancellationToken),
        ];

    public async Task<bool> RevokeInvitationAsync(Guid invitation, CancellationToken cancellationToken = default) =>
        await database.DoAsync(
            cancellationToken,
            $"update {_schema}.invitation set revoked_at = coalesce(revoked_at, $2) where invitation_id = $1",
            invitation,
            clock.Now()
        ) > 0;

    /// <summary>Uses a link up. Null where it was used, withdrawn, is too old, or never was.</summary>
    public async Task<NewSession?> RedeemAsync(
        string? secret,
        string? name,
        NewDevice? device,
        CancellationToken cancellationToken = default
    ) =>
        Secret.HashOf(secret, Secret.Link) is { } hash
            ? await RedeemAsync("secret_hash = $2", hash, name, device, "link", null, cancellationToken)
            : null;

    /// <summary>Why a link does not work. Who holds its secret may know; nobody else can ask.</summary>
    public async Task<LinkState> StateOfAsync(string? secret, CancellationToken cancellationToken = default)
    {
        if (Secret.HashOf(secret, Secret.Link) is not { } hash)
            return LinkState.Unknown;
        return (
            await database
                .Ask($"select {InvitationColumns} from {_schema}.invitation where secret_hash = $1", hash)
                .ListAsync(InvitationOf, cancellationToken)
        ) switch
        {
            [{ RedeemedAt: not null }] => LinkState.Used,
            [{ RevokedAt: not null }] => LinkState.Withdrawn,
            [var invitation] when invitation.ExpiresAt <= clock.Now() => LinkState.Expired,
            [_] => LinkState.Open,
            _ => LinkState.Unknown,
        };
    }

    /// <summary>Uses up an open invitation of a verified address.</summary>
    public Task<NewSession?> RedeemByEmailAsync(
        string email,
        string issuer,
        string subject,
        CancellationToken cancellationToken = default
    ) =>
        RedeemAsync(
            $"secret_hash = (select secret_hash from {_schema}.invitation where lower(email) = lower($2) and redeemed_at is null and revoked_at is null and expires_at > $1 order by created_at limit 1)",
            email,
            null,
            null,
            "oidc",
            (issuer, subject),
            cancellationToken
        );

    /// <summary>Signs in whom an identity provider knows by this subject; null where nobody here is.</summary>
    public async Task<NewSession?> SignInAsync(
        string issuer,
        string subject,
        CancellationToken cancellationToken = default
    )
    {
        var people = await database
            .Ask(
                $"select l.person_id from {_schema}.login l join {_schema}.person p using (person_id) where l.issuer = $1 and l.subject = $2 and p.revoked_at is null",
                issuer,
                subject
            )
            .ListAsync(rows => rows.GetGuid(0), cancellationToken);
        return people is [var person] ? await BeginAsync(person, null, "oidc", cancellationToken) : null;
    }

    /// <summary>From now on the identity signs this person in.</summary>
    /// <returns>False where it signs in somebody else.</returns>
    public async Task<bool> ConnectAsync(
        Guid person,
        string issuer,
        string subject,
        CancellationToken cancellationToken = default
    ) =>
        await database.DoAsync(
            cancellationToken,
            $"insert into {_schema}.login (issuer, subject, person_id, created_at) values ($1, $2, $3, $4) on conflict (issuer, subject) do update set person_id = excluded.person_id where {_schema}.login.person_id = excluded.person_id",
            issuer,
            subject,
            person,
            clock.Now()
        ) > 0;

    public async Task<NewSession> BeginAsync(
        Guid person,
        Guid? device,
        string how,
        CancellationToken cancellationToken = default
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var session = await BeginAsync(transaction, person, device, how, null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return session;
    }

    /// <summary>
    /// Notes that whoever holds a session has proved anew who they are. From then on it has another secret, so that the
    /// proof serves nobody who holds a copy of the old one.
    /// </summary>
    public async Task<string> ProveAsync(Guid session, CancellationToken cancellationToken = default)
    {
        var secret = Secret.New(Secret.Session);
        await database.DoAsync(
            cancellationToken,
            $"update {_schema}.session set secret_hash = $2, proven_at = $3 where session_id = $1 and ended_at is null",
            session,
            Secret.HashOf(secret, Secret.Session),
            clock.Now()
        );
        return secret;
    }

    /// <summary>Those that still let the person in, the last used first.</summary>
    public async Task<ImmutableArray<LiveSession>> SessionsAsync(
        Guid person,
        CancellationToken cancellationToken = default
    ) =>
        [
            .. await database
                .Ask(
                    $"""
                    select s.session_id, s.how, s.device_id, s.started_at, s.last_seen_at, s.expires_at
                    from {_schema}.session s join {_schema}.person p using (person_id) left join {_schema}.device d using (device_id)
                    where s.person_id = $1 and {Access.Lives("$2", "$3")} order by s.last_seen_at desc, s.session_id
                    """,
                    person,
                    clock.Now(),
                    clock.Now() - Access.SessionRest
                )
                .ListAsync(
                    rows => new LiveSession(
                        rows.GetGuid(0),
                        rows.GetString(1),
                        rows.SomeGuidAt(2),
                        rows.InstantAt(3),
                        rows.InstantAt(4),
                        rows.InstantAt(5)
                    ),
                    cancellationToken
                ),
        ];

    /// <returns>Whether the person has, or had, such a session.</returns>
    public async Task<bool> EndSessionAsync(Guid person, Guid session, CancellationToken cancellationToken = default) =>
        await database.DoAsync(
            cancellationToken,
            $"update {_schema}.session set ended_at = coalesce(ended_at, $3) where person_id = $1 and session_id = $2",
            person,
            session,
            clock.Now()
        ) > 0;

    public Task<(string Secret, ApiToken Token)> IssueAsync(
        Guid person,
        string name,
        ImmutableArray<Membership>? scope,
        Duration life,
        CancellationToken cancellationToken = default
    ) => IssueAsync(person, name, scope, life, null, null, null, cancellationToken);

    /// <param name="person">Whose it is.</param>
    /// <param name="name">What it is for.</param>
    /// <param name="scope">What it gives at most.</param>
    /// <param name="life">Until it expires.</param>
    /// <param name="madeOn">The device it is made on, with which it ends.</param>
    /// <param name="madeBy">The session or token by which it is made; it ends with the token.</param>
    /// <param name="endsBy">It expires no later.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<(string Secret, ApiToken Token)> IssueAsync(
        Guid person,
        string name,
        ImmutableArray<Membership>? scope,
        Duration life,
        Guid? madeOn,
        Guid? madeBy,
        Instant? endsBy,
        CancellationToken cancellationToken = default
    )
    {
        var secret = Secret.New(Secret.Token);
        var now = clock.Now();
        var rest = endsBy is { } end ? Duration.Min(life, end - now) : life;
        return (secret, await KeepAsync(secret, person, name, scope, rest, madeOn, madeBy, false, cancellationToken));
    }

    /// <summary>Keeps the token in the operator's file, if it is not kept already.</summary>
    public Task<ApiToken> KeepOperatorsAsync(
        string secret,
        Guid person,
        string name,
        Duration life,
        CancellationToken cancellationToken = default
    ) => KeepAsync(secret, person, name, null, life, null, null, true, cancellationToken);

    private async Task<ApiToken> KeepAsync(
        string secret,
        Guid person,
        string name,
        ImmutableArray<Membership>? scope,
        Duration life,
        Guid? madeOn,
        Guid? madeBy,
        bool isOperators,
        CancellationToken cancellationToken
    )
    {
        var now = clock.Now();
        var token = new ApiToken(Guid.CreateVersion7(), person, name, scope, now, now + life, null, null);
        await database.DoAsync(
            cancellationToken,
            $"insert into {_schema}.api_token (secret_hash, token_id, person_id, name, scope, created_at, expires_at, made_on, made_by, of_operator) values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10) on conflict (secret_hash) do update set of_operator = excluded.of_operator",
            Secret.HashOf(secret, Secret.Token),
            token.Id,
            person,
            name,
            scope is { } some ? MembershipJson.Write(some) : null,
            now,
            token.ExpiresAt,
            madeOn,
            madeBy,
            isOperators
        );
        return token;
    }

    public async Task<ImmutableArray<ApiToken>> TokensAsync(
        Guid person,
        CancellationToken cancellationToken = default
    ) =>
        [
            .. await database
                .Ask(
                    $"select token_id, person_id, name, scope::text, created_at, expires_at, last_used_at, revoked_at from {_schema}.api_token where person_id = $1 order by created_at",
                    person
                )
                .ListAsync(
                    rows => new ApiToken(
                        rows.GetGuid(0),
                        rows.GetGuid(1),
                        rows.GetString(2),
                        rows.IsDBNull(3) ? null : rows.MembershipsAt(3),
                        rows.InstantAt(4),
                        rows.InstantAt(5),
                        rows.SomeInstantAt(6),
                        rows.SomeInstantAt(7)
                    ),
                    cancellationToken
                ),
        ];

    /// <param name="token">The token's id.</param>
    /// <param name="person">Its owner; null is whoever.</param>
    public async Task<bool> RevokeTokenAsync(Guid token, Guid? person, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var found =
            await RevokeTokensAsync(
                transaction,
                _schema,
                "t.token_id = $2 and ($3::uuid is null or t.person_id = $3)",
                clock.Now(),
                cancellationToken,
                token,
                person
            ) > 0;
        await transaction.CommitAsync(cancellationToken);
        return found;
    }

    /// <summary>
    /// Revokes tokens and what was made by them: other tokens, links that are still open, and sessions of their owner
    /// that began with such a link. Which token made another was not always noted; one of those that may have been made
    /// by a token is taken for made by it.
    /// </summary>
    /// <returns>How many tokens are revoked by it, or were before.</returns>
    internal static async Task<int> RevokeTokensAsync(
        NpgsqlTransaction transaction,
        string schema,
        string which,
        Instant now,
        CancellationToken cancellationToken,
        params object?[] values
    )
    {
        string MadeBy(string made, string maker) =>
            $"{made}.made_by = gone.id or ({made}.made_by is null and {made}.made_on is null and {made}.{maker} = gone.person and {made}.created_at > gone.since and {made}.created_at < gone.until)";
        await using var command = transaction.Ask(
            $"""
            with recursive gone (id, person, since, until) as (
                select t.token_id, t.person_id, t.created_at, least(t.expires_at, t.revoked_at) from {schema}.api_token t where {which}
                union
                select t.token_id, t.person_id, t.created_at, least(t.expires_at, t.revoked_at) from {schema}.api_token t join gone
                    on t.of_operator is not true and ({MadeBy("t", "person_id")})),
            tokens as (update {schema}.api_token set revoked_at = coalesce(revoked_at, $1) where token_id in (select id from gone)),
            links as (update {schema}.invitation i set revoked_at = coalesce(i.revoked_at, $1) from gone where i.redeemed_at is null and ({MadeBy(
                "i",
                "created_by"
            )})),
            sessions as (update {schema}.session s set ended_at = coalesce(s.ended_at, $1) from gone where s.made_by = gone.id and s.person_id = gone.person)
            select count(*)::int from gone
            """,
            [now, .. values]
        );
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static Invitation InvitationOf(NpgsqlDataReader rows) =>
        new(
            rows.GetGuid(0),
            rows.SomeGuidAt(1),
            rows.GetString(2),
            rows.MembershipsAt(3),
            rows.SomeTextAt(4),
            rows.InstantAt(5),
            rows.SomeGuidAt(6),
            rows.InstantAt(7),
            rows.SomeInstantAt(8),
            rows.SomeInstantAt(9)
        );

    private async Task<NewSession?> RedeemAsync(
        string which,
        object key,
        string? name,
        NewDevice? device,
        string how,
        (string Issuer, string Subject)? login,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var now = clock.Now();
        Invitation? invitation = null;
        Guid? madeBy = null;
        // One statement finds and uses it up, so that of two who come at once one is let in.
        await using (
            var take = transaction.Ask(
                $"update {_schema}.invitation set redeemed_at = $1 where {which} and redeemed_at is null and revoked_at is null and expires_at > $1 returning {InvitationColumns}, made_by",
                now,
                key
            )
        )
        {
            await using var rows = await take.ExecuteReaderAsync(cancellationToken);
            if (await rows.ReadAsync(cancellationToken))
                (invitation, madeBy) = (InvitationOf(rows), rows.SomeGuidAt(10));
        }

        if (invitation is null)
            return null;
        var person = invitation.Person ?? Guid.CreateVersion7();
        if (invitation.Person is null)
            await PeopleRegister.AddAsync(
                transaction,
                _schema,
                person,
                name ?? invitation.Name,
                invitation.CreatedBy,
                now,
                cancellationToken
            );
        await PeopleRegister.GrantAsync(
            transaction,
            _schema,
            person,
            invitation.Memberships,
            invitation.CreatedBy,
            now,
            cancellationToken
        );
        await transaction.DoAsync(
            cancellationToken,
            $"update {_schema}.invitation set redeemed_by = $2 where invitation_id = $1",
            invitation.Id,
            person
        );
        if (login is var (issuer, subject))
            await transaction.DoAsync(
                cancellationToken,
                $"insert into {_schema}.login (issuer, subject, person_id, created_at) values ($1, $2, $3, $4)",
                issuer,
                subject,
                person,
                now
            );
        // A key that was revoked does not come back with a link; the person does, without it.
        var enrolled = device is null
            ? null
            : (await Devices.EnrolAsync(transaction, _schema, person, device, now, cancellationToken)).Device;
        var session = await BeginAsync(transaction, person, enrolled, how, madeBy, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return session;
    }

    private async Task<NewSession> BeginAsync(
        NpgsqlTransaction transaction,
        Guid person,
        Guid? device,
        string how,
        Guid? madeBy,
        CancellationToken cancellationToken
    )
    {
        var (secret, now) = (Secret.New(Secret.Session), clock.Now());
        var session = new NewSession(secret, person, device, now + Access.SessionLife);
        await transaction.DoAsync(
            cancellationToken,
            $"insert into {_schema}.session (secret_hash, session_id, person_id, device_id, how, started_at, last_seen_at, proven_at, expires_at, made_by) values ($1, $2, $3, $4, $5, $6, $6, $6, $7, $8)",
            Secret.HashOf(secret, Secret.Session),
            Guid.CreateVersion7(),
            person,
            device,
            how,
            now,
            session.ExpiresAt,
            madeBy
        );
        return session;
    }
}
