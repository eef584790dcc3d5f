using Ledger.Local.Machine;
using Npgsql;

namespace Ledger.Local.Postgres;

/// <summary>The database of a private cluster, the role that owns it, and the role of its servers.</summary>
public static class LedgerDatabase
{
    public const string Name = "ledger";
    public const string Owner = "ledger_owner";
    public const string Server = "ledger_server";

    /// <summary>
    /// Makes the roles and the database unless they are there. The owner makes tables; the servers' role owns none and
    /// uses them. Neither is a superuser.
    /// </summary>
    /// <returns>The connection string of the owner, who makes the tables, and that of the servers.</returns>
    public static async Task<(string Owner, string Server)> EnsureAsync(
        RunningCluster cluster,
        CancellationToken cancellationToken
    )
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionAsSuperuser());
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        foreach (
            var (role, password) in ((string, string)[])
                [(Owner, cluster.Passwords.Owner), (Server, cluster.Passwords.Server)]
        )
        {
            if (!await ExistsAsync(connection, "select 1 from pg_roles where rolname = $1", role, cancellationToken))
                await ExecuteAsync(
                    connection,
                    $"create role {role} login nosuperuser nocreatedb nocreaterole",
                    cancellationToken
                );
            // The password is our own hexadecimal text.
            await ExecuteAsync(connection, $"alter role {role} password '{password}'", cancellationToken);
        }

        if (!await ExistsAsync(connection, "select 1 from pg_database where datname = $1", Name, cancellationToken))
            await ExecuteAsync(connection, $"create database {Name} owner {Owner}", cancellationToken);
        return (
            cluster.ConnectionAs(Owner, cluster.Passwords.Owner, Name),
            cluster.ConnectionAs(Server, cluster.Passwords.Server, Name)
        );
    }

    /// <summary>Checks a database that the caller brings.</summary>
    /// <returns>Whether it holds no tables yet.</returns>
    public static async Task<bool> IsNewAsync(string connection, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(
                new NpgsqlConnectionStringBuilder(connection) { Timeout = 10 }
            );
            await using var opened = await source.OpenConnectionAsync(cancellationToken);
            if (opened.PostgreSqlVersion.Major < PostgresBinaries.OldestMajor)
                throw new LocalProblemException(
                    $"The database is PostgreSQL {opened.PostgreSqlVersion}; "
                        + $"the ledger needs {PostgresBinaries.OldestMajor} or later."
                );
            return !await ExistsAsync(
                opened,
                "select 1 from pg_tables where schemaname !~ $1 limit 1",
                "^(pg_|information_schema$)",
                cancellationToken
            );
        }
        catch (Exception refused) when (refused is NpgsqlException or ArgumentException)
        {
            throw new LocalProblemException($"The connection string does not lead to a database: {refused.Message}");
        }
    }

    private static async Task<bool> ExistsAsync(
        NpgsqlConnection connection,
        string sql,
        string value,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = value } } };
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
