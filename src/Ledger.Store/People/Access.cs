using System.Collections.Immutable;
using Ledger.Domain.Identities;
using Ledger.Store.Sql;
using NodaTime;
using Npgsql;

namespace Ledger.Store.People;

/// <summary>
/// Tells who shows a session or a token. The database is asked after each request came, so that what was revoked through
/// one server opens nothing at any other; requests that come together share the question.
/// </summary>
public sealed class Access(NpgsqlDataSource database, LedgerStoreOptions options, TimeProvider clock)
{
    public static readonly Duration SessionLife = Duration.FromDays(30);

    /// <summary>A session that nobody used for so long has ended.</summary>
    public static readonly Duration SessionRest = Duration.FromDays(7);

    /// <summary>How long a proof of who somebody is lets them open and shut doors.</summary>
    public static readonly Duration ProofLife = Duration.FromMinutes(15);

    private static readonly Duration SeenEvery = Duration.FromMinutes(1);

    private readonly string _schema = options.Schema;
    private readonly SharedAnswers<Caller?> _callers = new();
    private readonly SharedAnswers<bool> _public = new();

    /// <summary>The memberships of a person <c>p</c>, as JSON.</summary>
    internal static string MembershipsOf(string schema) =>
        $"(select jsonb_agg(jsonb_build_object('agreement', m.agreement, 'role', m.role, 'party', m.party, 'opensSealed', m.opens_sealed) order by m.agreement, m.role, m.party) from {schema}.membership m where m.person_id = p.person_id)::text";

    /// <summary>Whether a session <c>s</c> of a person <c>p</c> on a device <c>d</c> lets in.</summary>
    internal static string Lives(string now, string restedSince) =>
        $"s.ended_at is null and s.expires_at > {now} and s.last_seen_at > {restedSince} and p.revoked_at is null and d.revoked_at is null";

    public async Task<Caller?> OfSessionAsync(string? secret, CancellationToken cancellationToken = default) =>
        Secret.HashOf(secret, Secret.Session) is { } hash
            ? await _callers.AskAsync(
                $"session {Convert.ToHexString(hash)}",
                () => OfSessionAsync(hash, CancellationToken.None),
                cancellationToken
            )
            : null;

    private async Task<Caller?> OfSessionAsync(byte[] hash, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        if (await SessionsAsync("s.secret_hash = $1", hash, now, cancellationToken) is not [var (caller, seen)])
            return null;
        if (now - seen > SeenEvery)
        {
            await database.DoAsync(
                cancellationToken,
                $"update {_schema}.session set last_seen_at = $2 where secret_hash = $1",
                hash,
                now
            );
            if (caller.Device is { } device)
                await database.DoAsync(
                    cancellationToken,
                    $"update {_schema}.device set last_seen_at = $2 where device_id = $1",
                    device,
                    now
                );
        }

        return caller;
    }

    /// <summary>A token gives what its scope and its person both give, at this moment.</summary>
    public async Task<Caller?> OfTokenAsync(string? secret, CancellationToken cancellationToken = default) =>
        Secret.HashOf(secret, Secret.Token) is { } hash
            ? await _callers.AskAsync(
                $"token {Convert.ToHexString(hash)}",
                () => OfTokenAsync(hash, CancellationToken.None),
                cancellationToken
            )
            : null;

    private async Task<Caller?> OfTokenAsync(byte[] hash, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        if (await TokensAsync("t.secret_hash = $1", hash, now, cancellationToken) is not [var (caller, used)])
            return null;
        if (used is null || now - used > SeenEvery)
            await database.DoAsync(
                cancellationToken,
                $"update {_schema}.api_token set last_used_at = $2 where secret_hash = $1",
                hash,
                now
            );
        return caller;
    }

    /// <summary>
    /// For requests that go on for long: the caller as they are let in at this moment, with the roles that they have
    /// now; null where they are not any more.
    /// </summary>
    public Task<Caller?> AgainAsync(Caller caller, CancellationToken cancellationToken = default) =>
        _callers.AskAsync(
            $"{caller.Kind} {caller.Access}",
            async () =>
                caller.Kind == AccessKind.Session
                    ? (await SessionsAsync("s.session_id = $1", caller.Access, clock.Now(), CancellationToken.None))
                        .Select(found => found.Caller)
                        .SingleOrDefault()
                    : (await TokensAsync("t.token_id = $1", caller.Access, clock.Now(), CancellationToken.None))
                        .Select(found => found.Caller)
                        .SingleOrDefault(),
            cancellationToken
        );

    public Task<bool> IsPublicAsync(AgreementId agreement, CancellationToken cancellationToken = default) =>
        _public.AskAsync(
            agreement,
            async () =>
            {
                await using var command = database.Ask(
                    $"select exists (select from {_schema}.public_reading where agreement = $1)",
                    agreement
                );
                return await command.ExecuteScalarAsync(CancellationToken.None) is true;
            },
            cancellationToken
        );

    public async Task<ImmutableHashSet<AgreementId>> PublicAsync(CancellationToken cancellationToken = default) =>
        [
            .. await database
                .Ask($"select agreement from {_schema}.public_reading")
                .ListAsync(rows => rows.AgreementAt(0), cancellationToken),
        ];

    private Task<List<(Caller Caller, Instant Seen)>> SessionsAsync(
        string which,
        object value,
        Instant now,
        CancellationToken cancellationToken
    ) =>
        database
            .Ask(
                $"""
                select p.person_id, p.name, {MembershipsOf(
                    _schema
                )}, s.session_id, s.how, s.device_id, s.expires_at, s.last_seen_at, coalesce(s.proven_at, s.started_at)
                from {_schema}.session s join {_schema}.person p using (person_id) left join {_schema}.device d using (device_id)
                where {which} and {Lives("$2", "$3")}
                """,
                value,
                now,
                now - SessionRest
            )
            .ListAsync(
                rows =>
                    (
                        new Caller(
                            rows.GetGuid(0),
                            rows.GetString(1),
                            rows.MembershipsAt(2),
                            AccessKind.Session,
                            rows.GetGuid(3),
                            rows.GetString(4),
                            rows.SomeGuidAt(5),
                            rows.InstantAt(6),
                            rows.InstantAt(8)
                        ),
                        rows.InstantAt(7)
                    ),
                cancellationToken
            );

    private Task<List<(Caller Caller, Instant? Used)>> TokensAsync(
        string which,
        object value,
        Instant now,
        CancellationToken cancellationToken
    ) =>
        database
            .Ask(
                $"""
                select p.person_id, p.name, {MembershipsOf(
                    _schema
                )}, t.token_id, t.name, t.scope::text, t.expires_at, t.last_used_at, t.of_operator is true
                from {_schema}.api_token t join {_schema}.person p using (person_id)
                where {which} and t.revoked_at is null and t.expires_at > $2 and p.revoked_at is null
                """,
                value,
                now
            )
            .ListAsync(
                rows =>
                    (
                        new Caller(
                            rows.GetGuid(0),
                            rows.GetString(1),
                            Scoped(rows.MembershipsAt(2), rows.IsDBNull(5) ? null : rows.MembershipsAt(5)),
                            AccessKind.Token,
                            rows.GetGuid(3),
                            "token",
                            null,
                            rows.InstantAt(6),
                            IsOperators: rows.GetBoolean(8)
                        ),
                        rows.SomeInstantAt(7)
                    ),
                cancellationToken
            );

    private static ImmutableArray<Membership> Scoped(
        ImmutableArray<Membership> held,
        ImmutableArray<Membership>? scope
    ) => scope is not { } wanted ? held : [.. wanted.Where(w => held.Any(h => h.Includes(w)))];
}
