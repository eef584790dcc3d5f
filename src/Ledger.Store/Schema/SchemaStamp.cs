using System.Security.Cryptography;
using System.Text;
using Ledger.Store.Sql;
using Npgsql;
using Weasel.Core.Migrations;

namespace Ledger.Store.Schema;

/// <summary>
/// Says by one question that nobody changed the tables since this version made them. Comparing each table with its
/// definition takes some 150 questions, which a server would ask at each start. The owner leaves a digest of the
/// definitions and of the catalog as the schema's comment; where it is missing or another, somebody looks at every table.
/// </summary>
/// <param name="schema">Of the ledger, which carries the comment.</param>
/// <param name="databases">What defines the tables.</param>
internal sealed class SchemaStamp(string schema, IReadOnlyList<IDatabase> databases)
{
    private readonly string _definitions = string.Join('\n', databases.Select(database => database.ToDatabaseScript()));

    private readonly string[] _schemas =
    [
        .. databases.SelectMany(database => database.AllSchemaNames()).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Whether the tables are as <see cref="LeaveAsync"/> found them when this version made them.</summary>
    public async Task<bool> HoldsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var find = connection.Ask(
            "select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = $1",
            schema
        );
        return await find.ExecuteScalarAsync(cancellationToken) is string left
            && left == await DigestAsync(connection, cancellationToken);
    }

    /// <summary>By the owner, once the tables are those of this version.</summary>
    public async Task LeaveAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var comment = connection.Ask(
            $"comment on schema {schema} is '{await DigestAsync(connection, cancellationToken)}'"
        );
        await comment.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<string> DigestAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var script = await EmbeddedScript.ReadAsync("schema-catalog.sql", cancellationToken);
        await using var ask = connection.Ask(script, (object)_schemas);
        var catalog = (string)(await ask.ExecuteScalarAsync(cancellationToken))!;
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{_definitions}\n{catalog}"));
        return $"The tables of a ledger; sha256 of their definitions and of the catalog: {Convert.ToHexStringLower(digest)}";
    }
}
