using Npgsql;

namespace Ledger.Cli.Local.Postgres;

/// <summary>A started cluster, and how to connect to it.</summary>
public sealed record RunningCluster(int Port, ClusterPasswords Passwords)
{
    public const string Superuser = "postgres";

    public string ConnectionAsSuperuser(string database = "postgres") => ConnectionAs(Superuser, Passwords.Superuser, database);

    public string ConnectionAs(string role, string password, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = role,
        Password = password,
        Database = database,
    }.ConnectionString;
}
