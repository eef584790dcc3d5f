using Ledger.Store.Signing;
using Npgsql;

namespace Ledger.Store.Schema;

/// <summary>
/// Triggers that refuse to change or remove what was recorded, and rights that neither the servers' role nor the owner
/// keeps. They stop a slip, a careless tool and, where servers have a role of their own, whoever takes a server over.
/// Whoever owns the tables can take the triggers away and give himself the rights back, and then the log's proofs are
/// what gives him away.
/// </summary>
internal static class LogGuard
{
    /// <summary>Tables of which no row may be changed or removed.</summary>
    private static readonly string[] Frozen =
    [
        "mt_events",
        "ledger_entry",
        "ledger_checkpoint",
        "ledger_cosignature",
        "ledger_reference",
        "opening",
        "past_membership",
    ];

    /// <summary>Tables whose rows may only grow, and the function that tells growing.</summary>
    private static readonly (string Table, string Function)[] Growing =
    [
        ("ledger_tile", "ledger_guard_tile"),
        ("ledger_head", "ledger_guard_head"),
        ("ledger_handle", "ledger_guard_handle"),
    ];

    /// <summary>Rights that nobody needs, and nobody has.</summary>
    private static IEnumerable<(string Table, string Rights)> Never =>
        [
            .. Frozen.Select(table => (table, "update, delete, truncate")),
            .. Growing.Select(table => (table.Table, "delete, truncate")),
            ("mt_streams", "delete, truncate"),
            ("ledger_sealed", "update, truncate"),
        ];

    /// <summary>Before there was encryption, sealed values lay in a table of their own as plain text.</summary>
    public static async Task RefuseEarlierAsync(
        NpgsqlConnection connection,
        string schema,
        CancellationToken cancellationToken
    )
    {
        await using var find = new NpgsqlCommand("select to_regclass($1) is not null", connection)
        {
            Parameters = { new() { Value = $"{schema}.ledger_disclosure" } },
        };
        if (await find.ExecuteScalarAsync(cancellationToken) is not true)
            return;
        await using var count = new NpgsqlCommand($"select count(*) from {schema}.ledger_disclosure", connection);
        if (await count.ExecuteScalarAsync(cancellationToken) is > 0L and var plain)
            throw new LogKeyException(
                $"This database was made by an earlier version and holds {plain} sealed values as plain text in {schema}.ledger_disclosure. Encrypting them now would leave the text in the database's files and backups, so this version does not open it: start with an empty database (./ledger up with another --data), and destroy this one."
            );
        await using var drop = new NpgsqlCommand($"drop table {schema}.ledger_disclosure", connection);
        await drop.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>May be run any number of times, in a transaction, by the owner.</summary>
    /// <param name="servers">The role that servers connect as, if it is not the owner.</param>
    public static string Script(string schema, string? servers) =>
        $$"""
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

            create or replace function {{schema}}.ledger_guard_handle() returns trigger language plpgsql as $guard$
            begin
                if tg_op = 'INSERT' then
                    if new.state = 'open' then return new; end if;
                elsif (new.handle, new.agreement, new.segment, new.place) = (old.handle, old.agreement, old.segment, old.place)
                    and (new.state = old.state and old.state = 'open' and new.entries >= old.entries
                        or old.state = 'open' and new.state = 'requested' and exists (select from {{schema}}.ledger_entry e where e.agreement = new.agreement and e.position = new.requested_at
                            and e.type = 'erasure_requested' and convert_from(e.bytes, 'UTF8')::jsonb #>> '{data,handle}' = new.handle::text)
                        or old.state = 'requested' and new.state = 'erased' and exists (select from {{schema}}.ledger_entry e where e.agreement = new.agreement and e.position = new.erased_at
                            and e.type = 'erasure_confirmed' and convert_from(e.bytes, 'UTF8')::jsonb #>> '{data,handle}' = new.handle::text)) then
                    return new;
                end if;
                raise exception 'The ledger only grows: handle % may only be opened, and be erased when an entry confirms it.', new.handle using errcode = 'insufficient_privilege';
            end $guard$;

            create or replace function {{schema}}.ledger_guard_sealed() returns trigger language plpgsql as $guard$
            begin
                if tg_op = 'DELETE' and exists (select from {{schema}}.ledger_handle h where h.handle = old.handle and h.state = 'erased') then
                    return old;
                end if;
                raise exception 'The ledger only grows: % on % is refused.', tg_op, tg_table_name using errcode = 'insufficient_privilege';
            end $guard$;

            create or replace function {{schema}}.ledger_guard_fresh() returns trigger language plpgsql as $guard$
            declare closed uuid;
            begin
                -- Waits for whoever is closing a handle, and then sees that it is closed. What this transaction made itself nobody else can close.
                perform from {{schema}}.ledger_handle h where h.handle in (select f.handle from fresh f) and h.xmin <> pg_current_xact_id()::xid for share;
                select f.handle into closed from fresh f where not exists (select from {{schema}}.ledger_handle h where h.handle = f.handle and h.agreement = f.agreement and h.state = 'open') limit 1;
                if found then
                    raise exception 'The ledger only grows: handle % is not open, and never gets a key again.', closed using errcode = 'insufficient_privilege';
                end if;
                return null;
            end $guard$;

            do $guard$
            declare name text;
            begin
                {{string.Concat(Frozen.Select(table => Trigger(schema, table, "update or delete", "ledger_guard")))}}
                {{string.Concat(
                Growing.Select(table =>
                    Trigger(schema, table.Table, "update", table.Function)
                    + Trigger(schema, table.Table, "delete", "ledger_guard")
                )
            )}}
                {{Trigger(schema, "ledger_handle", "insert", "ledger_guard_handle")}}
                {{Trigger(schema, "ledger_sealed", "update or delete", "ledger_guard_sealed")}}
                {{Once(
                schema,
                "ledger_sealed",
                "ledger_guard_fresh",
                name =>
                    $"create trigger {name} after insert on {schema}.ledger_sealed referencing new table as fresh for each statement execute function {schema}.ledger_guard_fresh();"
            )}}
                {{Trigger(schema, "mt_streams", "delete", "ledger_guard")}}
                {{string.Concat(Never.Select(table => Forgo(schema, table.Table, table.Rights)))}}
                {{string.Concat(Never.Select(table => Truncate(schema, table.Table)))}}
            end $guard$;

            {{(
                servers is null ? "" : Grants(schema, $"\"{servers.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")
            )}}
            """;

    /// <summary>What the servers' role may do: whatever the program does, and nothing of what it never does.</summary>
    private static string Grants(string schema, string role) =>
        $"""
            grant usage on schema {schema} to {role};
            grant select, insert, update, delete on all tables in schema {schema} to {role};
            grant usage, select on all sequences in schema {schema} to {role};
            {string.Concat(Never.Select(table => $"revoke {table.Rights} on {schema}.{table.Table} from {role};\n"))}
            """;

    /// <summary>
    /// An owner may take rights from himself. Taking what is gone already would still write to the catalogue, at each
    /// start of each server.
    /// </summary>
    private static string Forgo(string schema, string table, string rights) =>
        $"""
            if has_table_privilege('{schema}.{table}', '{rights}') then revoke {rights} on {schema}.{table} from current_user; end if;

            """;

    private static string Trigger(string schema, string table, string operations, string function) =>
        Once(
            schema,
            table,
            $"ledger_guard_{operations.Replace(" ", "_", StringComparison.Ordinal)}",
            name =>
                $"create trigger {name} before {operations} on {schema}.{table} for each row execute function {schema}.{function}();"
        );

    private static string Truncate(string schema, string table) =>
        Once(
            schema,
            table,
            "ledger_guard_truncate",
            name =>
                $"create trigger {name} before truncate on {schema}.{table} for each statement execute function {schema}.ledger_guard();"
        );

    /// <summary>
    /// Making a trigger anew would lock the table against every writer for a moment, at each start of each server.
    /// </summary>
    private static string Once(string schema, string table, string name, Func<string, string> create) =>
        $"""
            if not exists (select from pg_trigger where tgrelid = '{schema}.{table}'::regclass and tgname = '{name}') then {create(
                name
            )} end if;

            """;
}
