using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Ledger.Store.Schema;

/// <summary>The tables beside Marten's: what was hashed, byte for byte, and what is kept out of it.</summary>
internal static class LedgerTables
{
    public static IEnumerable<Table> All(string schema) => [Heads(schema), Entries(schema), Disclosures(schema)];

    /// <summary>One row per agreement; whoever appends holds its lock.</summary>
    private static Table Heads(string schema)
    {
        var table = new Table(new PostgresqlObjectName(schema, "ledger_head", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("agreement", "text").AsPrimaryKey();
        table.AddColumn("size", "bigint").NotNull();
        table.AddColumn("recorded_at", "timestamptz").NotNull();
        // The last position that changed the text of the agreement, so that other processes know when to read it again.
        table.AddColumn("text_position", "bigint").NotNull();
        return table;
    }

    private static Table Entries(string schema)
    {
        var table = new Table(new PostgresqlObjectName(schema, "ledger_entry", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("agreement", "text").AsPrimaryKey();
        table.AddColumn("position", "bigint").AsPrimaryKey();
        table.AddColumn("entry_id", "uuid").NotNull();
        table.AddColumn("type", "text").NotNull();
        table.AddColumn("recorded_at", "timestamptz").NotNull();
        table.AddColumn("bytes", "bytea").NotNull();
        table.AddColumn("leaf_hash", "bytea").NotNull();
        table.Indexes.Add(new IndexDefinition("ledger_entry_id") { Columns = ["entry_id"], IsUnique = true });
        // The texts of an agreement are few among many reports.
        table.Indexes.Add(new IndexDefinition("ledger_entry_text")
        {
            Columns = ["agreement", "position"],
            Predicate = "(type = ANY (ARRAY['agreement_adopted'::text, 'agreement_revised'::text]))",
        });
        return table;
    }

    private static Table Disclosures(string schema)
    {
        var table = new Table(new PostgresqlObjectName(schema, "ledger_disclosure", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("entry_id", "uuid").AsPrimaryKey();
        table.AddColumn("name", "text").AsPrimaryKey();
        table.AddColumn("agreement", "text").NotNull();
        table.AddColumn("position", "bigint").NotNull();
        table.AddColumn("disclosure", "text").NotNull();
        table.Indexes.Add(new IndexDefinition("ledger_disclosure_position") { Columns = ["agreement", "position"] });
        return table;
    }
}
