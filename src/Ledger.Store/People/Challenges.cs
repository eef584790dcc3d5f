using Ledger.Store.Sql;
using NodaTime;
using Npgsql;

namespace Ledger.Store.People;

/// <summary>
/// What a passkey was asked to sign, until it answers. The browser that asked carries a secret by which it is found
/// again, so that an answer counts in no other browser; it counts once and for a few minutes, on whichever server it
/// arrives.
/// </summary>
public sealed class Challenges(NpgsqlDataSource database, LedgerStoreOptions options, TimeProvider clock)
{
    public static readonly Duration Life = Duration.FromMinutes(5);

    private readonly string _schema = options.Schema;

    /// <param name="state">What has to be known to judge the answer.</param>
    /// <param name="session">The session that asked; null is somebody who is not signed in.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public async Task<string> BeginAsync(string state, Guid? session, CancellationToken cancellationToken = default)
    {
        var (secret, now) = (Secret.New(Secret.Challenge), clock.Now());
        await database.DoAsync(cancellationToken, $"delete from {_schema}.challenge where expires_at <= $1", now);
        await database.DoAsync(
            cancellationToken,
            $"insert into {_schema}.challenge (challenge_hash, state, session_id, expires_at) values ($1, $2, $3, $4)",
            Secret.HashOf(secret, Secret.Challenge),
            state,
            session,
            now + Life
        );
        return secret;
    }

    /// <summary>
    /// Uses a challenge up, whatever comes of it. Null where there is none that is good for this session.
    /// </summary>
    public async Task<string?> TakeAsync(string? secret, Guid? session, CancellationToken cancellationToken = default)
    {
        if (Secret.HashOf(secret, Secret.Challenge) is not { } hash)
            return null;
        var taken = await database
            .Ask(
                $"delete from {_schema}.challenge where challenge_hash = $1 returning state, session_id, expires_at",
                hash
            )
            .ListAsync(
                rows => (State: rows.GetString(0), Session: rows.SomeGuidAt(1), Until: rows.InstantAt(2)),
                cancellationToken
            );
        return taken is [var (state, asked, until)] && asked == session && until > clock.Now() ? state : null;
    }
}
