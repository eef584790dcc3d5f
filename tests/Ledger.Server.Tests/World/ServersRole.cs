using System.Collections.Concurrent;
using Ledger.Server.Hosting;
using Ledger.Store.Schema;
using Ledger.Testing;
using Npgsql;

namespace Ledger.Server.Tests.World;

/// <summary>
/// The role that servers under test connect as: it owns no table, so that nothing works here only because a server may
/// do more than it should.
/// </summary>
public static class ServersRole
{
    public const string Name = "ledger_server";

    private static readonly ConcurrentDictionary<string, Lazy<Task>> Migrated = new(StringComparer.Ordinal);

    private static readonly TemplateDatabase WithTables = new(connection => MigrateAsync(connection));

    /// <summary>A database of one's own in which the tables are made for that role, as a superuser's connection.</summary>
    public static async Task<string> DatabaseAsync()
    {
        var connection = await WithTables.CopyAsync();
        Migrated[NameOf(connection)] = new(() => Task.CompletedTask);
        return connection;
    }

    /// <summary>A connection as that role to the same database, in which the tables are made for it.</summary>
    /// <param name="superuser">Of the database.</param>
    /// <param name="settings">What the server is started with besides.</param>
    public static async Task<string> ConnectionAsync(string superuser, params string[] settings)
    {
        await Migrated.GetOrAdd(NameOf(superuser), _ => new(() => MigrateAsync(superuser, settings))).Value;
        return Of(superuser);
    }

    public static string Of(string superuser) =>
        new NpgsqlConnectionStringBuilder(superuser) { Username = Name }.ConnectionString;

    /// <summary>As whoever brings a new version does before its servers start.</summary>
    public static async Task MigrateAsync(string superuser, params string[] settings)
    {
        // The test programs of a run share a cluster, and its superuser's password.
        await TestDatabase.ExecuteAsync(
            superuser,
            $"""
            do $role$ begin
                create role {Name} login nosuperuser password '{new NpgsqlConnectionStringBuilder(superuser).Password}';
            exception when duplicate_object or unique_violation then null;
            end $role$
            """
        );
        await using var owner = LedgerServer.Build([
            $"--LEDGER_CONNECTION={superuser}",
            "--environment=Production",
            .. settings,
        ]);
        await ((LedgerSchema)owner.Services.GetService(typeof(LedgerSchema))!).MigrateAsync(
            Name,
            CancellationToken.None
        );
    }

    /// <summary>No two databases of a process have one name, whichever cluster they are in.</summary>
    private static string NameOf(string connection) => new NpgsqlConnectionStringBuilder(connection).Database!;
}
