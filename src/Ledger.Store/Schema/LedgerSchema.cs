using JasperFx;
using Ledger.Store.Reports;
using Ledger.Store.Sql;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Weasel.Core;
using Weasel.Core.Migrations;
using Wolverine.Persistence.Durability;

namespace Ledger.Store.Schema;

/// <summary>
/// The ledger's tables: who makes them, and who uses them. A role that owns the schema makes and guards them at each
/// start. Any other only uses what the owner made for it (<see cref="MigrateAsync"/>), and does not start on tables of
/// another version. No request ever makes or changes a table.
/// </summary>
public sealed partial class LedgerSchema(
    IDocumentStore store,
    IMessageStore messages,
    [FromKeyedServices(KeptSessions.Key)] NpgsqlDataSource database,
    LedgerStoreOptions options,
    ILogger<LedgerSchema> log
) : IHostedService
{
    /// <summary>The verb of the server's program that makes the tables, for messages.</summary>
    public const string Verb = "migrate";

    private readonly SchemaStamp _stamp = new(options.Schema, [store.Storage.Database, (IDatabase)messages]);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await OwnsAsync(cancellationToken))
        {
            LogOwner();
            await ApplyAsync(servers: null, cancellationToken);
        }
        else
        {
            await AssertAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Makes the tables of this version as their owner and lets another role use them: read everything, add to the log,
    /// change and remove what is no record. May be run any number of times, also while servers run.
    /// </summary>
    /// <param name="servers">The role that servers connect as; null for the owner alone.</param>
    /// <exception cref="SchemaException">The connection's role does not own the schema, or the servers' role does not
    /// exist or could become the owner.</exception>
    public async Task MigrateAsync(string? servers, CancellationToken cancellationToken)
    {
        if (!await OwnsAsync(cancellationToken))
            throw new SchemaException(
                $"{await AskAsync<string>("select current_user::text", cancellationToken)} neither owns the schema {options.Schema} nor may make it: migrate with the connection of the owner."
            );
        if (servers is not null)
            await RefuseAsync(servers, cancellationToken);
        await ApplyAsync(servers, cancellationToken);
    }

    private async Task ApplyAsync(string? servers, CancellationToken cancellationToken)
    {
        // Whoever comes second waits, and finds everything made.
        await using var turn = await database.OpenConnectionAsync(cancellationToken);
        await RunAsync(turn, $"select pg_advisory_lock(hashtext('{options.Schema}.ledger_schema'))", cancellationToken);
        try
        {
            var made = await _stamp.HoldsAsync(turn, cancellationToken);
            if (!made)
            {
                await LogGuard.RefuseEarlierAsync(turn, options.Schema, cancellationToken);
                await store.Storage.Database.ApplyAllConfiguredChangesToDatabaseAsync(
                    AutoCreate.CreateOrUpdate,
                    ct: cancellationToken
                );
                await messages.Admin.MigrateAsync(AutoCreate.CreateOrUpdate);
            }

            await using var transaction = await turn.BeginTransactionAsync(cancellationToken);
            await EntryStandingRows.FillAsync(transaction, options.Schema, cancellationToken);
            await LogGuard.StandAsync(transaction, options.Schema, servers, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            if (!made)
                await _stamp.LeaveAsync(turn, cancellationToken);
        }
        catch (SchemaMigrationException impossible)
        {
            throw new SchemaException(
                $"The tables in schema {options.Schema} cannot be migrated to this version without losing data: {impossible.Message}",
                impossible
            );
        }
        finally
        {
            await RunAsync(
                turn,
                $"select pg_advisory_unlock(hashtext('{options.Schema}.ledger_schema'))",
                CancellationToken.None
            );
        }
    }

    private async Task AssertAsync(CancellationToken cancellationToken)
    {
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            if (await _stamp.HoldsAsync(connection, cancellationToken))
                return;
        }

        try
        {
            await store.Storage.Database.AssertDatabaseMatchesConfigurationAsync(cancellationToken);
            await messages.Admin.AssertStorageExistsAsync(cancellationToken);
        }
        catch (Exception different)
            when (different
                    is DatabaseValidationException
                        or PostgresException
                        {
                            SqlState: PostgresErrorCodes.InsufficientPrivilege
                                or PostgresErrorCodes.UndefinedTable
                                or PostgresErrorCodes.InvalidSchemaName
                        }
            )
        {
            LogDifference(different);
            var role = await AskAsync<string>("select current_user::text", cancellationToken);
            throw new SchemaException(
                $"The tables in schema {options.Schema} are not those of this version, and {role} may not make them: run `dotnet Ledger.Server.dll {Verb} {role}` with the owner's connection as LEDGER_CONNECTION.",
                different
            );
        }
    }

    /// <summary>Whether the connection's role may make and change the tables.</summary>
    private async Task<bool> OwnsAsync(CancellationToken cancellationToken) =>
        await AskAsync<bool>(
            $"select coalesce((select pg_has_role(nspowner, 'usage') from pg_namespace where nspname = '{options.Schema}'), has_database_privilege(current_database(), 'create'))",
            cancellationToken
        );

    private async Task RefuseAsync(string servers, CancellationToken cancellationToken)
    {
        await using var find = database.Ask(
            "select case when not exists (select from pg_roles where rolname = $1) then 'does not exist: create it first' when pg_has_role($1, current_user, 'member') then 'could become ' || current_user || ', or is it: take a role of its own' end",
            servers
        );
        if (await find.ExecuteScalarAsync(cancellationToken) is string reason)
            throw new SchemaException($"The role {servers} {reason}.");
    }

    private async Task<T> AskAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using var command = database.Ask(sql);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.Ask(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "This server's role owns the ledger's tables, so its connection could remove their protection. Give servers a separate role: docs/operating.md, 'Two roles in the database'."
    )]
    private partial void LogOwner();

    [LoggerMessage(LogLevel.Error, "The tables are not those of this version.")]
    private partial void LogDifference(Exception different);
}
