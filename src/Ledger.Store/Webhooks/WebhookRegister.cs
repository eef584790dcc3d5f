using System.Collections.Immutable;
using System.Security.Cryptography;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Webhooks;

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
        string agreement,
        string url,
        ImmutableArray<string> events,
        Instant now,
        CancellationToken cancellationToken = default
    )
    {
        var (id, secret) = (Guid.CreateVersion7(now.ToDateTimeOffset()), RandomNumberGenerator.GetBytes(SecretLength));
        await using var command = Command(
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
            now.ToDateTimeUtc(),
            (long)MostOfAnAgreement
        );
        return await ReadAsync(command, cancellationToken) is [var added] ? (added, secret) : null;
    }

    public async Task<ImmutableArray<Webhook>> OfAsync(string agreement, CancellationToken cancellationToken = default)
    {
        await using var command = Command(
            $"select {Columns} from {options.Schema}.webhook where agreement = $1 order by webhook_id",
            agreement
        );
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>Whoever is to be told of any of these agreements.</summary>
    public async Task<ILookup<string, Webhook>> ActiveAsync(
        IEnumerable<string> agreements,
        CancellationToken cancellationToken = default
    )
    {
        await using var command = Command(
            $"select {Columns} from {options.Schema}.webhook where agreement = any($1) and stopped is null",
            (object)agreements.ToArray()
        );
        return (await ReadAsync(command, cancellationToken)).ToLookup(
            webhook => webhook.Agreement,
            StringComparer.Ordinal
        );
    }

    /// <summary>One that is still told, and its secret.</summary>
    public async Task<(Webhook Webhook, byte[] Secret)?> FindAsync(
        Guid id,
        CancellationToken cancellationToken = default
    )
    {
        await using var command = Command(
            $"select {Columns}, secret from {options.Schema}.webhook where webhook_id = $1 and stopped is null",
            id
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? (Of(rows), box.Open(id, rows.GetFieldValue<byte[]>(7))) : null;
    }

    public async Task StopAsync(Guid id, string why, CancellationToken cancellationToken = default)
    {
        await using var command = Command(
            $"update {options.Schema}.webhook set stopped = $2 where webhook_id = $1 and stopped is null",
            id,
            why
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>Whether there was one.</returns>
    public async Task<bool> RemoveAsync(string agreement, Guid id, CancellationToken cancellationToken = default)
    {
        await using var command = Command(
            $"delete from {options.Schema}.webhook where agreement = $1 and webhook_id = $2",
            agreement,
            id
        );
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private static async Task<ImmutableArray<Webhook>> ReadAsync(
        NpgsqlCommand command,
        CancellationToken cancellationToken
    )
    {
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = ImmutableArray.CreateBuilder<Webhook>();
        while (await rows.ReadAsync(cancellationToken))
            found.Add(Of(rows));
        return found.ToImmutable();
    }

    private static Webhook Of(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            row.GetString(1),
            row.GetString(2),
            [.. row.GetFieldValue<string[]>(3)],
            row.GetInt64(4),
            Instant.FromDateTimeUtc(row.GetDateTime(5)),
            row.IsDBNull(6) ? null : row.GetString(6)
        );

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
