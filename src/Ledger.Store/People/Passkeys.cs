using System.Collections.Immutable;
using NodaTime;
using Npgsql;

namespace Ledger.Store.People;

/// <summary>The public half of a passkey (WebAuthn), which lets its person in.</summary>
/// <param name="CredentialId">The authenticator's own name for it.</param>
/// <param name="PublicKey">A COSE key (RFC 9052).</param>
/// <param name="SignCount">Of an authenticator that counts, how often it has signed; else 0 for ever.</param>
/// <param name="Device">Where it was made, if that is a device of the person; revoked with it.</param>
public sealed record Passkey(
    Guid Id, Guid Person, byte[] CredentialId, string Name, byte[] PublicKey, uint SignCount, ImmutableArray<string> Transports, bool BackupEligible, bool BackedUp, Guid? Device, Instant CreatedAt, Instant? LastUsedAt);

/// <summary>Which passkeys there are.</summary>
public sealed class Passkeys(NpgsqlDataSource database, LedgerStoreOptions options)
{
    private readonly string _schema = options.Schema;

    public async Task<ImmutableArray<Passkey>> OfAsync(Guid person, CancellationToken cancellation = default) => [.. await ListAsync("person_id = $1", person, cancellation)];

    public async Task<Passkey?> FindAsync(byte[] credential, CancellationToken cancellation = default) => (await ListAsync("credential_id = $1", credential, cancellation)).SingleOrDefault();

    /// <returns>False where there is one of that credential.</returns>
    public async Task<bool> AddAsync(Passkey passkey, CancellationToken cancellation = default) => await database.DoAsync(
        cancellation,
        $"""
        insert into {_schema}.passkey (credential_id, passkey_id, person_id, name, public_key, sign_count, transports, backup_eligible, backed_up, device_id, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing
        """,
        passkey.CredentialId, passkey.Id, passkey.Person, passkey.Name, passkey.PublicKey, (long)passkey.SignCount, passkey.Transports.ToArray(), passkey.BackupEligible, passkey.BackedUp, passkey.Device, passkey.CreatedAt) > 0;

    public Task UsedAsync(byte[] credential, uint signCount, bool backedUp, Instant at, CancellationToken cancellation = default) => database.DoAsync(
        cancellation, $"update {_schema}.passkey set sign_count = $2, backed_up = $3, last_used_at = $4 where credential_id = $1", credential, (long)signCount, backedUp, at);

    /// <returns>Whether the person had it.</returns>
    public async Task<bool> RemoveAsync(Guid person, Guid passkey, CancellationToken cancellation = default) =>
        await database.DoAsync(cancellation, $"delete from {_schema}.passkey where person_id = $1 and passkey_id = $2", person, passkey) > 0;

    private Task<List<Passkey>> ListAsync(string which, object key, CancellationToken cancellation) => database.Ask($"""
        select passkey_id, person_id, credential_id, name, public_key, sign_count, transports, backup_eligible, backed_up, device_id, created_at, last_used_at
        from {_schema}.passkey where {which} order by created_at, passkey_id
        """, key).ListAsync(
        rows => new Passkey(
            rows.GetGuid(0), rows.GetGuid(1), rows.GetFieldValue<byte[]>(2), rows.GetString(3), rows.GetFieldValue<byte[]>(4), checked((uint)rows.GetInt64(5)), [.. rows.GetFieldValue<string[]>(6)],
            rows.GetBoolean(7), rows.GetBoolean(8), rows.SomeGuidAt(9), rows.InstantAt(10), rows.SomeInstantAt(11)),
        cancellation);
}
