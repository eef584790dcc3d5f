using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Ledger.Store.Schema;

/// <summary>What was signed about the logs.</summary>
internal static class LogTables
{
    public static IEnumerable<Table> All(string schema) => [Checkpoints(schema), Cosignatures(schema)];

    /// <summary>One row per signed size; the key is why there can never be two roots for one.</summary>
    private static Table Checkpoints(string schema)
    {
        var table = new Table(
            new PostgresqlObjectName(schema, "ledger_checkpoint", SchemaUtils.IdentifierUsage.General)
        );
        table.AddColumn("agreement", "text").AsPrimaryKey();
        table.AddColumn("size", "bigint").AsPrimaryKey();
        table.AddColumn("root", "bytea").NotNull();
        // The whole signed note, as it is served.
        table.AddColumn("note", "text").NotNull();
        return table;
    }

    private static Table Cosignatures(string schema)
    {
        var table = new Table(
            new PostgresqlObjectName(schema, "ledger_cosignature", SchemaUtils.IdentifierUsage.General)
        );
        table.AddColumn("agreement", "text").AsPrimaryKey();
        table.AddColumn("size", "bigint").AsPrimaryKey();
        // The name of the witness's key.
        table.AddColumn("witness", "text").AsPrimaryKey();
        table.AddColumn("cosigned_at", "timestamptz").NotNull();
        table.AddColumn("line", "text").NotNull();
        return table;
    }
}
