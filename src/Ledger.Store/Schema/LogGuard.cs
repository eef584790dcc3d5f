using Ledger.Store.Sql;
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
    /// <summary>Before there was encryption, sealed values lay in a table of their own as plain text.</summary>
    public static async Task RefuseEarlierAsync(
        NpgsqlConnection connection,
        string schema,
        CancellationToken cancellationToken
    )
    {
        await using var find = connection.Ask("select to_regclass($1) is not null", $"{schema}.ledger_disclosure");
        if (await find.ExecuteScalarAsync(cancellationToken) is not true)
            return;
        await using var count = connection.Ask($"select count(*) from {schema}.ledger_disclosure");
        if (await count.ExecuteScalarAsync(cancellationToken) is > 0L and var plain)
            throw new SchemaException(
                $"This database was made by an earlier version and holds {plain} sealed values as plain text in {schema}.ledger_disclosure. Encrypting them now would leave the text in the database's files and backups, so this version does not open it: start with an empty database (./ledger up with another --data), and destroy this one."
            );
        await using var drop = connection.Ask($"drop table {schema}.ledger_disclosure");
        await drop.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>May be run any number of times, by the owner: guard.sql says what it does.</summary>
    /// <param name="transaction">In which the tables were made, or after.</param>
    /// <param name="schema">Of the ledger.</param>
    /// <param name="servers">The role that servers connect as, if it is not the owner.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public static async Task StandAsync(
        NpgsqlTransaction transaction,
        string schema,
        string? servers,
        CancellationToken cancellationToken
    )
    {
        await transaction.DoAsync(cancellationToken, "select set_config('ledger.servers', $1, true)", servers ?? "");
        var script = await EmbeddedScript.ReadAsync("guard.sql", cancellationToken);
        await using var command = transaction.Ask(script.Replace("{schema}", schema, StringComparison.Ordinal));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
