using Ledger.Local.Machine;
using Npgsql;

namespace Ledger.Local.Postgres;

/// <summary>A started cluster, and how to connect to it.</summary>
public sealed record RunningCluster(int Port, ClusterPasswords Passwords)
{
    public const string Superuser = "postgres";

    public string ConnectionAsSuperuser(string database = "postgres") =>
        ConnectionAs(Superuser, Passwords.Superuser, database);

    public string ConnectionAs(string role, string password, string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Username = role,
            Password = password,
            Database = database,
        }.ConnectionString;

    /// <summary>A server whose starter was killed may still be recovering; it says so to whoever connects.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionAsSuperuser());
        var answers = await Polling.UntilAsync(
            async () =>
            {
                try
                {
                    await using var connection = await source.OpenConnectionAsync(cancellationToken);
                    return true;
                }
                catch (NpgsqlException starting)
                    when (starting is not PostgresException || starting.SqlState == PostgresErrorCodes.CannotConnectNow)
                {
                    return false;
                }
            },
            TimeSpan.FromMinutes(10),
            cancellationToken
        );
        if (!answers)
            throw new LocalProblemException(
                $"PostgreSQL runs on port {Port} but has refused connections for ten minutes."
            );
    }
}
