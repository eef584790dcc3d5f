using System.Collections.Immutable;
using System.Security.Cryptography;
using Ledger.Domain.Identities;
using Ledger.Store.Sql;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Webhooks;

#pragma warning disable CA1068 // A statement and its values are read together, so the values come last.

/// <summary>Who is told, with the secrets that sign what they are told.</summary>
public sealed class WebhookRegister(NpgsqlDataSource database, SecretBox box, LedgerStoreOptions options)
{
    /// <summary>Enough for everybody who has a stake, and few enough that one entry does not start a storm.</summary>
    public const int MostOfAnAgreement = 20;

    private const int SecretLength = 24;
    private const string Columns = "webhook_id, agreement, url, events, since, created_at, stopped";

    /// <summary>Adds one that is told from the next entry on.</summary>
    /// <returns>It, and the secret, which cannot be had again; null when the agreement has as many as it may
    /// have.</returns>
    public async Task<(Webhook Webhook, byte[] Secret)?> AddAsync(
        AgreementId agreement,
        string url,
        ImmutableArray<string> events,
        Instant now,
        CancellationToken cancellationToken = default
    )
    {
        var (id, secret) = (Guid.CreateVersion7(now.ToDateTimeOffset()), RandomNumberGenerator.GetBytes(SecretLength));
        return
            await ListAsync(
                cancellationToken,
                $"""
                insert into {options.Schema}.webhook (webhook_id, agreement, url, events, secret, since, created_at)
                select $1, $2, $3, $4, $5, h.size, $6 from {options.Schema}.ledger_head h
                where h.agreement = $2 and (select count(*) from {options.Schema}.webhook w where w.agreement = $2) < $7
                returning {Columns}
                """,
                id,
                agreement,
                url,
                events.ToArray(),
                box.Seal(id, secret),
                now,
                (long)MostOfAnAgreement
            )
                is [var added]
            ? (added, secret)
            : null;
    }

    public Task<ImmutableArray<Webhook>> OfAsync(
        AgreementId agreement,
        CancellationToken cancellationToken = default
    ) =>
        ListAsync(
            cancellationToken,
            $"select {Columns} from {options.Schema}.webhook where agreement = $1 order by webhook_id",
            agreement
        );

    /// <summary>Whoever is to be told of any of these agreements.</summary>
    public async Task<ILookup<AgreementId, Webhook>> ActiveAsync(
        IEnumerable<AgreementId> agreements,
        CancellationToken cancellationToken = default
    ) =>
        (
            await ListAsync(
                cancellationToken,
                $"select {Columns} from {options.Schema}.webhook where agreement = any($1) and stopped is null",
                agreements
            )
        ).ToLookup(webhook => webhook.Agreement);

    /// <summary>One that is still told, and its secret.</summary>
    public async Task<(Webhook Webhook, byte[] Secret)?> FindAsync(
        Guid id,
        CancellationToken cancellationToken = default
    ) =>
        await database
            .Ask(
                $"select {Columns}, secret from {options.Schema}.webhook where webhook_id = $1 and stopped is null",
                id
            )
            .ListAsync(rows => (Of(rows), box.Open(id, rows.GetFieldValue<byte[]>(7))), cancellationToken)
            is [var found]
            ? found
            : null;

    public Task StopAsync(Guid id, string why, CancellationToken cancellationToken = default) =>
        database.DoAsync(
            cancellationToken,
            $"update {options.Schema}.webhook set stopped = $2 where webhook_id = $1 and stopped is null",
            id,
            why
        );

    /// <returns>Whether there was one.</returns>
    public async Task<bool> RemoveAsync(
        AgreementId agreement,
        Guid id,
        CancellationToken cancellationToken = default
    ) =>
        await database.DoAsync(
            cancellationToken,
            $"delete from {options.Schema}.webhook where agreement = $1 and webhook_id = $2",
            agreement,
            id
        ) > 0;

    private async Task<ImmutableArray<Webhook>> ListAsync(
        CancellationToken cancellationToken,
        string sql,
        params object?[] values
    ) => [.. await database.Ask(sql, values).ListAsync(Of, cancellationToken)];

    private static Webhook Of(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            row.AgreementAt(1),
            row.GetString(2),
            [.. row.GetFieldValue<string[]>(3)],
            row.GetInt64(4),
            row.InstantAt(5),
            row.SomeTextAt(6)
        );
}
