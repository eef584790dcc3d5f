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

    /// <summary>A connection as that role to the same database, in which the tables are made for it.</summary>
    /// <param name="superuser">Of the database.</param>
    /// <param name="settings">What the server is started with besides.</param>
    public static async Task<string> ConnectionAsync(string superuser, params string[] settings)
    {
        await Migrated.GetOrAdd(superuser, _ => new(() => MigrateAsync(superuser, settings))).Value;
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
}
