using Npgsql;

namespace Ledger.Cli.Local.Postgres;

/// <summary>The database of a private cluster, and the role that owns it.</summary>
public static class LedgerDatabase
{
    public const string Name = "ledger";
    public const string Owner = "ledger_owner";

    /// <summary>
    /// Makes the role and the database unless they are there. The owner creates tables and is no superuser. A role that only
    /// appends and reads belongs beside it here, once the server keeps its schema and its traffic on different connections.
    /// </summary>
    /// <returns>The server's connection string.</returns>
    public static async Task<string> EnsureAsync(RunningCluster cluster, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionAsSuperuser());
        await using var connection = await source.OpenConnectionAsync(cancel);
        if (!await ExistsAsync(connection, "select 1 from pg_roles where rolname = $1", Owner, cancel))
            await ExecuteAsync(connection, $"create role {Owner} login nosuperuser nocreatedb nocreaterole", cancel);
        // The password is our own hexadecimal text.
        await ExecuteAsync(connection, $"alter role {Owner} password '{cluster.Passwords.Owner}'", cancel);
        if (!await ExistsAsync(connection, "select 1 from pg_database where datname = $1", Name, cancel))
            await ExecuteAsync(connection, $"create database {Name} owner {Owner}", cancel);
        return cluster.ConnectionAs(Owner, cluster.Passwords.Owner, Name);
    }

    /// <summary>Checks a database that the caller brings.</summary>
    /// <returns>Whether it holds no tables yet.</returns>
    public static async Task<bool> IsNewAsync(string connection, CancellationToken cancel)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Timeout = 10 });
            await using var opened = await source.OpenConnectionAsync(cancel);
            if (opened.PostgreSqlVersion.Major < PostgresBinaries.OldestMajor)
                throw new LocalProblemException($"The database is PostgreSQL {opened.PostgreSqlVersion}; the ledger needs {PostgresBinaries.OldestMajor} or later.");
            return !await ExistsAsync(opened, "select 1 from pg_tables where schemaname !~ $1 limit 1", "^(pg_|information_schema$)", cancel);
        }
        catch (Exception refused) when (refused is NpgsqlException or ArgumentException)
        {
            throw new LocalProblemException($"The connection string does not lead to a database: {refused.Message}");
        }
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string sql, string value, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = value } } };
        return await command.ExecuteScalarAsync(cancel) is not null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
