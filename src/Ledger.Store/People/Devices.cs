using System.Collections.Immutable;
using Ledger.Domain.Reports;
using Ledger.Store.Sql;
using NodaTime;
using Npgsql;

namespace Ledger.Store.People;

/// <summary>What became of enrolling a device.</summary>
public enum Enrolment
{
    Enrolled,

    /// <summary>The person has enrolled this key before, and it is good.</summary>
    Known,

    /// <summary>The person's key was revoked, and stays so: a device that was found again makes another.</summary>
    Revoked,

    TooMany,
}

/// <summary>Which keys of which people sign what is filed.</summary>
public sealed class Devices(NpgsqlDataSource database, LedgerStoreOptions options, TimeProvider clock)
{
    /// <summary>Of one person, the revoked ones too.</summary>
    public const int Most = 50;

    private readonly string _schema = options.Schema;

    /// <summary>Enrols the key of a device, or finds it, and ties the session to it: it ends with the device.</summary>
    public async Task<Enrolment> EnrolAsync(
        Guid person,
        NewDevice device,
        Guid session,
        CancellationToken cancellationToken = default
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Two tabs that enrol at once wait for each other here.
        await transaction.DoAsync(
            cancellationToken,
            $"select from {_schema}.person where person_id = $1 for update",
            person
        );
        var (enrolment, id) = await EnrolAsync(transaction, _schema, person, device, clock.Now(), cancellationToken);
        if (id is { } good)
            await transaction.DoAsync(
                cancellationToken,
                $"update {_schema}.session set device_id = $2 where session_id = $1",
                session,
                good
            );
        await transaction.CommitAsync(cancellationToken);
        return enrolment;
    }

    /// <summary>
    /// Of a device that was lost: its sessions end with it, and the passkeys, tokens and links that were made on it.
    /// </summary>
    /// <returns>Whether the person has such a device.</returns>
    public async Task<bool> RevokeAsync(Guid person, Guid device, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var found =
            await transaction.DoAsync(
                cancellationToken,
                $"update {_schema}.device set revoked_at = coalesce(revoked_at, $3) where person_id = $1 and device_id = $2",
                person,
                device,
                clock.Now()
            ) > 0;
        await transaction.DoAsync(
            cancellationToken,
            $"delete from {_schema}.passkey where person_id = $1 and device_id = $2",
            person,
            device
        );
        await SignIns.RevokeTokensAsync(
            transaction,
            _schema,
            "t.person_id = $2 and t.made_on = $3",
            clock.Now(),
            cancellationToken,
            person,
            device
        );
        await transaction.DoAsync(
            cancellationToken,
            $"update {_schema}.invitation set revoked_at = coalesce(revoked_at, $3) where created_by = $1 and made_on = $2",
            person,
            device,
            clock.Now()
        );
        await transaction.CommitAsync(cancellationToken);
        return found;
    }

    public async Task<SigningKeys> KeysOfAsync(Guid person, CancellationToken cancellationToken = default) =>
        new(
            (
                await database
                    .Ask(
                        $"select public_key, bool_or(revoked_at is null) from {_schema}.device where person_id = $1 group by public_key",
                        person
                    )
                    .ListAsync(
                        rows =>
                            KeyValuePair.Create(
                                rows.GetString(0),
                                rows.GetBoolean(1) ? KeyStanding.Enrolled : KeyStanding.Revoked
                            ),
                        cancellationToken
                    )
            ).ToImmutableDictionary(StringComparer.Ordinal)
        );

    /// <returns>The id where the device is good now.</returns>
    internal static async Task<(Enrolment Enrolment, Guid? Device)> EnrolAsync(
        NpgsqlTransaction transaction,
        string schema,
        Guid person,
        NewDevice device,
        Instant now,
        CancellationToken cancellationToken
    )
    {
        if (
            await FindAsync(transaction.Ask(Find(schema), person, device.PublicKey), cancellationToken) is
            (var known, var revoked)
        )
            return revoked ? (Enrolment.Revoked, null) : (Enrolment.Known, known);
        var id = Guid.CreateVersion7();
        return
            await transaction.DoAsync(
                cancellationToken,
                $"insert into {schema}.device (device_id, person_id, name, public_key, enrolled_at) select $1, $2, $3, $4, $5 where (select count(*) from {schema}.device where person_id = $2) < {Most}",
                id,
                person,
                device.Name,
                device.PublicKey,
                now
            ) > 0
            ? (Enrolment.Enrolled, id)
            : (Enrolment.TooMany, null);
    }

    private static string Find(string schema) =>
        $"select device_id, revoked_at is not null from {schema}.device where person_id = $1 and public_key = $2 order by revoked_at nulls first limit 1";

    private static async Task<(Guid Id, bool Revoked)?> FindAsync(
        NpgsqlCommand command,
        CancellationToken cancellationToken
    ) =>
        await command.ListAsync(rows => (rows.GetGuid(0), rows.GetBoolean(1)), cancellationToken) is [var found]
            ? found
            : null;
}
