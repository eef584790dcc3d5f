using System.Globalization;
using Ledger.Local.Postgres;
using Npgsql;

namespace Ledger.Testing;

/// <summary>
/// Real PostgreSQL for tests: the cluster that LEDGER_TEST_CONNECTION names, else a private one that lives as long as
/// this process.
/// </summary>
public static class TestDatabase
{
    private static readonly Lazy<Task<string>> Cluster = new(ClusterAsync);
    private static readonly Lazy<Task<string>> Shared = new(CreateAsync);

    /// <summary>The connection of a superuser to the cluster's own database.</summary>
    public static Task<string> SuperuserAsync() => Cluster.Value;

    /// <summary>A connection string to a fresh, empty database. It costs about 30 ms.</summary>
    public static async Task<string> CreateAsync()
    {
        var superuser = await SuperuserAsync();
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Guid.NewGuid():N}");
        await ExecuteAsync(superuser, $"create database {name}");
        return new NpgsqlConnectionStringBuilder(superuser) { Database = name }.ConnectionString;
    }

    /// <summary>A connection string into a fresh schema of a database that the classes of this process share.</summary>
    public static async Task<string> CreateSchemaAsync(string name)
    {
        var shared = await Shared.Value;
        await ExecuteAsync(shared, $"create schema \"{name}\"");
        return new NpgsqlConnectionStringBuilder(shared) { SearchPath = name }.ConnectionString;
    }

    /// <summary>
    /// A copy of a database as it stands, as a superuser's connection to it: a backup, restored. Sessions of the
    /// database are ended, and until it is copied none may begin, however soon a server tries again.
    /// </summary>
    public static async Task<string> CopyAsync(string connection)
    {
        var (source, superuser) = (new NpgsqlConnectionStringBuilder(connection).Database, await SuperuserAsync());
        await ExecuteAsync(superuser, $"alter database {source} allow_connections false");
        try
        {
            await ExecuteAsync(
                superuser,
                $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{source}'"
            );
            return await CopyOfAsync(source!);
        }
        finally
        {
            await ExecuteAsync(superuser, $"alter database {source} allow_connections true");
        }
    }

    /// <param name="quiet">A database in which nobody has a session.</param>
    internal static async Task<string> CopyOfAsync(string quiet)
    {
        var superuser = await SuperuserAsync();
        var copy = string.Create(CultureInfo.InvariantCulture, $"copy_{Guid.NewGuid():N}");
        await ExecuteAsync(superuser, $"create database {copy} template {quiet}");
        return new NpgsqlConnectionStringBuilder(superuser) { Database = copy }.ConnectionString;
    }

    public static async Task ExecuteAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The one value that a query gives.</summary>
    public static async Task<T?> AskAsync<T>(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        return (T?)await command.ExecuteScalarAsync();
    }

    private static async Task<string> ClusterAsync()
    {
        var given = Environment.GetEnvironmentVariable("LEDGER_TEST_CONNECTION");
        return new NpgsqlConnectionStringBuilder(string.IsNullOrEmpty(given) ? await PrivateAsync() : given)
        {
            // Every database has a pool of its own; idle ones give their connections back soon.
            ConnectionIdleLifetime = 5,
            ConnectionPruningInterval = 2,
            IncludeErrorDetail = true,
        }.ConnectionString;
    }

    private static async Task<string> PrivateAsync()
    {
        var binaries = await PostgresSource.FindAsync(
            Path.Combine(Path.GetTempPath(), "ledger-postgres"),
            clusterMajor: null,
            CancellationToken.None
        );
        var cluster = await ThrowawayCluster.StartAsync(binaries, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Leave();
        return cluster.Running.ConnectionAsSuperuser();
    }
}
