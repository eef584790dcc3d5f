using NodaTime;
using Npgsql;

namespace Ledger.Store.Sql;

#pragma warning disable CA1068 // A statement and its values are read together, so the values come last.

/// <summary>One way to ask the database.</summary>
internal static class Commands
{
    public static NpgsqlCommand Ask(this NpgsqlDataSource database, string sql, params ReadOnlySpan<object?> parameters)
    {
        var command = database.CreateCommand(sql);
        Add(command, parameters);
        return command;
    }

    public static async Task<int> DoAsync(
        this NpgsqlDataSource database,
        CancellationToken cancellationToken,
        string sql,
        params object?[] parameters
    )
    {
        await using var command = database.Ask(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static NpgsqlCommand Ask(
        this NpgsqlTransaction transaction,
        string sql,
        params ReadOnlySpan<object?> parameters
    )
    {
        var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        Add(command, parameters);
        return command;
    }

    public static async Task<int> DoAsync(
        this NpgsqlTransaction transaction,
        CancellationToken cancellationToken,
        string sql,
        params object?[] parameters
    )
    {
        await using var command = transaction.Ask(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<List<T>> ListAsync<T>(
        this NpgsqlCommand command,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await using (command)
        {
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            var list = new List<T>();
            while (await rows.ReadAsync(cancellationToken))
                list.Add(read(rows));
            return list;
        }
    }

    public static Instant InstantAt(this NpgsqlDataReader rows, int column) =>
        Instant.FromDateTimeUtc(rows.GetDateTime(column));

    public static Instant? SomeInstantAt(this NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.InstantAt(column);

    public static Guid? SomeGuidAt(this NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetGuid(column);

    private static void Add(NpgsqlCommand command, ReadOnlySpan<object?> parameters)
    {
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(
                parameter switch
                {
                    Instant instant => new NpgsqlParameter { Value = instant.ToDateTimeUtc() },
                    // An absent id or time needs its type; those are the only absent values here besides text.
                    null => new NpgsqlParameter { Value = DBNull.Value },
                    _ => new NpgsqlParameter { Value = parameter },
                }
            );
        }
    }
}
