using Ledger.Domain.Identities;
using Ledger.Proof;
using NodaTime;
using Npgsql;

namespace Ledger.Store.Sql;

#pragma warning disable CA1068 // A statement and its values are read together, so the values come last.

/// <summary>One way to ask the database: a statement, and its values for $1, $2 and so on.</summary>
internal static class Commands
{
    public static NpgsqlCommand Ask(this NpgsqlDataSource database, string sql, params ReadOnlySpan<object?> values)
    {
        var command = database.CreateCommand(sql);
        Add(command.Parameters, values);
        return command;
    }

    public static NpgsqlCommand Ask(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        Add(command.Parameters, values);
        return command;
    }

    public static NpgsqlCommand Ask(this NpgsqlTransaction transaction, string sql, params ReadOnlySpan<object?> values)
    {
        var command = transaction.Connection!.Ask(sql, values);
        command.Transaction = transaction;
        return command;
    }

    /// <summary>One statement of a batch.</summary>
    public static NpgsqlBatchCommand Step(string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        Add(command.Parameters, values);
        return command;
    }

    public static async Task<int> DoAsync(
        this NpgsqlDataSource database,
        CancellationToken cancellationToken,
        string sql,
        params object?[] values
    )
    {
        await using var command = database.Ask(sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<int> DoAsync(
        this NpgsqlTransaction transaction,
        CancellationToken cancellationToken,
        string sql,
        params object?[] values
    )
    {
        await using var command = transaction.Ask(sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads every row, and lets go of the command.</summary>
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

    public static string? SomeTextAt(this NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetString(column);

    public static long? SomeNumberAt(this NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetInt64(column);

    public static AgreementId AgreementAt(this NpgsqlDataReader rows, int column) =>
        AgreementId.Parse(rows.GetString(column));

    public static Hash HashAt(this NpgsqlDataReader rows, int column) => new(rows.GetFieldValue<byte[]>(column));

    /// <summary>The one place where types of ours become types of PostgreSQL.</summary>
    private static void Add(NpgsqlParameterCollection parameters, ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            parameters.Add(
                value switch
                {
                    NpgsqlParameter typed => typed,
                    AgreementId id => new NpgsqlParameter { Value = id.ToString() },
                    IEnumerable<AgreementId> ids => new NpgsqlParameter
                    {
                        Value = ids.Select(id => id.ToString()).ToArray(),
                    },
                    Instant instant => new NpgsqlParameter { Value = instant.ToDateTimeUtc() },
                    Hash hash => new NpgsqlParameter { Value = hash.ToArray() },
                    // PostgreSQL takes the type of an absent value from the statement, which casts it where it has to.
                    null => new NpgsqlParameter { Value = DBNull.Value },
                    _ => new NpgsqlParameter { Value = value },
                }
            );
        }
    }
}
