using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Ledger.Store.Schema;

/// <summary>The tables beside Marten's: what was hashed, byte for byte, and what is kept out of it.</summary>
internal static class LedgerTables
{
    public static IEnumerable<Table> All(string schema) =>
        [
            Heads(schema),
            Entries(schema),
            Tiles(schema),
            Handles(schema),
            Sealed(schema),
            References(schema),
            Reports(schema),
            Standings(schema),
            .. ViewTables.All(schema),
        ];

    /// <summary>One row per agreement; whoever appends holds its lock.</summary>
    private static Table Heads(string schema)
    {
        var table = new Table(new PostgresqlObjectName(schema, "ledger_head", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("agreement", "text").AsPrimaryKey();
        table.AddColumn("size", "bigint").NotNull();
        table.AddColumn("root", "bytea").NotNull();
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
        table.Indexes.Add(
            new IndexDefinition("ledger_entry_recorded") { Columns = ["agreement", "recorded_at", "position"] }
        );
        // The texts of an agreement are few among many reports.
        table.Indexes.Add(
            new IndexDefinition("ledger_entry_text")
            {
                Columns = ["agreement", "position"],
                Predicate = "(type = ANY (ARRAY['agreement_adopted'::text, 'agreement_revised'::text]))",
            }
        );
        return table;
    }

    /// <summary>The tree's hashes, 256 to a row; a row with fewer is the right edge of its level.</summary>
    private static Table Tiles(string schema)
    {
        var table = new Table(new PostgresqlObjectName(schema, "ledger_tile", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("agreement", "text").AsPrimaryKey();
        table.AddColumn("level", "integer").AsPrimaryKey();
        table.AddColumn("index", "bigint").AsPrimaryKey();
        table.AddColumn("hashes", "bytea").NotNull();
        return table;
    }

    /// <summary>
    /// A person's key by its random name: where it lies outside the database, and whether it may still be used.
    /// </summary>
    private static Table Handles(string schema)
    {
        var table = new Table(new PostgresqlObjectName(schema, "ledger_handle", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("handle", "uuid").AsPrimaryKey();
        table.AddColumn("agreement", "text").NotNull();
        // open, requested or erased; the guard lets it go forwards only.
        table.AddColumn("state", "text").NotNull();
        table.AddColumn("segment", "uuid").NotNull();
        table.AddColumn("place", "bigint").NotNull();
        table.AddColumn("entries", "integer").NotNull();
        table.AddColumn("requested_at", "bigint");
        table.AddColumn("erased_at", "bigint");
        table.Indexes.Add(new IndexDefinition("ledger_handle_agreement") { Columns = ["agreement", "state"] });
        return table;
    }

    /// <summary>What opens the digests in entries, encrypted under the keys of persons.</summary>
    private static Table Sealed(string schema)
    {
        var table = new Table(new PostgresqlObjectName(schema, "ledger_sealed", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("entry_id", "uuid").AsPrimaryKey();
        table.AddColumn("name", "text").AsPrimaryKey();
        table.AddColumn("agreement", "text").NotNull();
        table.AddColumn("position", "bigint").NotNull();
        table.AddColumn("handle", "uuid").NotNull();
        table.AddColumn("sealed", "bytea").NotNull();
        table.Indexes.Add(new IndexDefinition("ledger_sealed_position") { Columns = ["agreement", "position"] });
        table.Indexes.Add(new IndexDefinition("ledger_sealed_handle") { Columns = ["handle"] });
        return table;
    }

    /// <summary>Which entry speaks of which.</summary>
    private static Table References(string schema)
    {
        var table = new Table(
            new PostgresqlObjectName(schema, "ledger_reference", SchemaUtils.IdentifierUsage.General)
        );
        table.AddColumn("target", "uuid").AsPrimaryKey();
        table.AddColumn("entry_id", "uuid").AsPrimaryKey();
        table.Indexes.Add(new IndexDefinition("ledger_reference_entry") { Columns = ["entry_id"] });
        return table;
    }

    /// <summary>Reports as they stand now, for lists and for people who ask SQL.</summary>
    private static Table Reports(string schema)
    {
        var table = new Table(new PostgresqlObjectName(schema, "report", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("report_id", "uuid").AsPrimaryKey();
        table.AddColumn("agreement", "text").NotNull();
        table.AddColumn("position", "bigint").NotNull();
        // The last position that says anything about it.
        table.AddColumn("touched", "bigint").NotNull();
        table.AddColumn("kind", "text").NotNull();
        table.AddColumn("occurred_from", "timestamptz").NotNull();
        table.AddColumn("occurred_until", "timestamptz").NotNull();
        table.AddColumn("place", "text");
        table.AddColumn("actors", "text[]").NotNull();
        table.AddColumn("source_class", "text").NotNull();
        table.AddColumn("level", "text").NotNull();
        table.AddColumn("retracted", "boolean").NotNull();
        table.AddColumn("corrections", "integer").NotNull();
        table.AddColumn("content", "jsonb").NotNull();
        table.Indexes.Add(new IndexDefinition("report_position") { Columns = ["agreement", "position"] });
        table.Indexes.Add(new IndexDefinition("report_occurred") { Columns = ["agreement", "occurred_from"] });
        return table;
    }

    /// <summary>What stands, of what says how a report is and of whatever was retracted.</summary>
    private static Table Standings(string schema)
    {
        var table = new Table(new PostgresqlObjectName(schema, "entry_standing", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("entry_id", "uuid").AsPrimaryKey();
        table.AddColumn("agreement", "text").NotNull();
        table.AddColumn("position", "bigint").NotNull();
        table.AddColumn("type", "text").NotNull();
        // The report whose content or level it gives.
        table.AddColumn("report_id", "uuid");
        // Those that stand.
        table.AddColumn("retractions", "integer").NotNull();
        table.Indexes.Add(
            new IndexDefinition("entry_standing_report")
            {
                Columns = ["report_id", "type", "position"],
                Predicate = "retractions = 0",
            }
        );
        return table;
    }
}
