using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Store.Sql;
using NodaTime;
using Npgsql;

namespace Ledger.Store.People;

/// <summary>The public half of a passkey (WebAuthn), which lets its person in.</summary>
/// <param name="Id">The authenticator's own name for it, at most 1,023 bytes.</param>
/// <param name="Device">Where it was made, if that is a device of the person; revoked with it.</param>
public sealed record Passkey(
    byte[] Id,
    Guid Person,
    string Name,
    PasskeyCredential Credential,
    Guid? Device,
    Instant CreatedAt,
    Instant? LastUsedAt
);

/// <summary>What an authenticator's next answer is held against.</summary>
/// <param name="PublicKey">A COSE key (RFC 9052).</param>
/// <param name="SignCount">Of an authenticator that counts, how often it has signed; else 0 for ever.</param>
/// <param name="Transports">How a browser may reach the authenticator.</param>
/// <param name="BackupEligible">Whether it may be copied to other devices of its person.</param>
/// <param name="BackedUp">Whether it was.</param>
public sealed record PasskeyCredential(
    byte[] PublicKey,
    uint SignCount,
    ImmutableArray<string> Transports,
    bool BackupEligible,
    bool BackedUp
);

/// <summary>Which passkeys there are.</summary>
public sealed class Passkeys(NpgsqlDataSource database, LedgerStoreOptions options)
{
    private readonly string _schema = options.Schema;

    public async Task<ImmutableArray<Passkey>> OfAsync(Guid person, CancellationToken cancellationToken = default) =>
        [.. await ListAsync("person_id = $1", person, cancellationToken)];

    public async Task<Passkey?> FindAsync(byte[] id, CancellationToken cancellationToken = default) =>
        (await ListAsync("credential_id = $1", id, cancellationToken)).SingleOrDefault();

    /// <returns>False where there is one of that id.</returns>
    public async Task<bool> AddAsync(Passkey passkey, CancellationToken cancellationToken = default) =>
        await database.DoAsync(
            cancellationToken,
            $"insert into {_schema}.passkey (credential_id, person_id, name, credential, device_id, created_at) values ($1, $2, $3, $4::jsonb, $5::uuid, $6) on conflict do nothing",
            passkey.Id,
            passkey.Person,
            passkey.Name,
            Write(passkey.Credential),
            passkey.Device,
            passkey.CreatedAt
        ) > 0;

    public Task UsedAsync(
        byte[] id,
        PasskeyCredential credential,
        Instant at,
        CancellationToken cancellationToken = default
    ) =>
        database.DoAsync(
            cancellationToken,
            $"update {_schema}.passkey set credential = $2::jsonb, last_used_at = $3 where credential_id = $1",
            id,
            Write(credential),
            at
        );

    /// <returns>Whether the person had it.</returns>
    public async Task<bool> RemoveAsync(Guid person, byte[] id, CancellationToken cancellationToken = default) =>
        await database.DoAsync(
            cancellationToken,
            $"delete from {_schema}.passkey where person_id = $1 and credential_id = $2",
            person,
            id
        ) > 0;

    private Task<List<Passkey>> ListAsync(string which, object key, CancellationToken cancellationToken) =>
        database
            .Ask(
                $"select credential_id, person_id, name, credential::text, device_id, created_at, last_used_at from {_schema}.passkey where {which} order by created_at, credential_id",
                key
            )
            .ListAsync(
                rows => new Passkey(
                    rows.GetFieldValue<byte[]>(0),
                    rows.GetGuid(1),
                    rows.GetString(2),
                    JsonSerializer.Deserialize<PasskeyCredential>(rows.GetString(3), JsonSerializerOptions.Web)!,
                    rows.SomeGuidAt(4),
                    rows.InstantAt(5),
                    rows.SomeInstantAt(6)
                ),
                cancellationToken
            );

    private static string Write(PasskeyCredential credential) =>
        JsonSerializer.Serialize(credential, JsonSerializerOptions.Web);
}
