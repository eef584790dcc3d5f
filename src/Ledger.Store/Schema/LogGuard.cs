using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Ledger.Store.Schema;

/// <summary>
/// Triggers that refuse to change or remove what was recorded. They stop a slip and a careless tool. Whoever owns the tables can take them away, and then
/// the log's proofs are what gives him away.
/// </summary>
internal sealed class LogGuard(NpgsqlDataSource database, LedgerStoreOptions options) : IHostedService
{
    /// <summary>Tables of which no row may be changed or removed.</summary>
    private static readonly string[] Frozen = ["mt_events", "ledger_entry", "ledger_disclosure", "ledger_checkpoint", "ledger_cosignature", "ledger_reference"];

    /// <summary>Tables whose rows may only grow, and the function that tells growing.</summary>
    private static readonly (string Table, string Function)[] Growing = [("ledger_tile", "ledger_guard_tile"), ("ledger_head", "ledger_guard_head")];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Script(options.Schema), connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>May be run any number of times, by several servers at once.</summary>
    private static string Script(string schema) => $$"""
        select pg_advisory_xact_lock(hashtext('{{schema}}.ledger_guard'));

        create or replace function {{schema}}.ledger_guard() returns trigger language plpgsql as $guard$
        begin
            raise exception 'The ledger only grows: % on % is refused.', tg_op, tg_table_name using errcode = 'insufficient_privilege';
        end $guard$;

        create or replace function {{schema}}.ledger_guard_tile() returns trigger language plpgsql as $guard$
        begin
            if (new.agreement, new.level, new.index) = (old.agreement, old.level, old.index)
                and substring(new.hashes from 1 for length(old.hashes)) = old.hashes and length(new.hashes) <= 8192 then
                return new;
            end if;
            raise exception 'The ledger only grows: tile %/% of % may only be widened.', old.level, old.index, old.agreement using errcode = 'insufficient_privilege';
        end $guard$;

        create or replace function {{schema}}.ledger_guard_head() returns trigger language plpgsql as $guard$
        begin
            if new.agreement = old.agreement and new.size >= old.size then
                return new;
            end if;
            raise exception 'The ledger only grows: the head of % may not go back from % to %.', old.agreement, old.size, new.size using errcode = 'insufficient_privilege';
        end $guard$;

        do $guard$
        declare name text;
        begin
            {{string.Concat(Frozen.Select(table => Trigger(schema, table, "update or delete", "ledger_guard")))}}
            {{string.Concat(Growing.Select(table => Trigger(schema, table.Table, "update", table.Function) + Trigger(schema, table.Table, "delete", "ledger_guard")))}}
            {{Trigger(schema, "mt_streams", "delete", "ledger_guard")}}
            {{string.Concat(((string[])[.. Frozen, .. Growing.Select(table => table.Table), "mt_streams"]).Select(table => Truncate(schema, table)))}}
        end $guard$;
        """;

    private static string Trigger(string schema, string table, string operations, string function) =>
        Once(schema, table, $"ledger_guard_{operations.Replace(" ", "_", StringComparison.Ordinal)}", name => $"create trigger {name} before {operations} on {schema}.{table} for each row execute function {schema}.{function}();");

    private static string Truncate(string schema, string table) =>
        Once(schema, table, "ledger_guard_truncate", name => $"create trigger {name} before truncate on {schema}.{table} for each statement execute function {schema}.ledger_guard();");

    /// <summary>Making a trigger anew would lock the table against every writer for a moment, at each start of each server.</summary>
    private static string Once(string schema, string table, string name, Func<string, string> create) => $"""
        if not exists (select from pg_trigger where tgrelid = '{schema}.{table}'::regclass and tgname = '{name}') then {create(name)} end if;

        """;
}
