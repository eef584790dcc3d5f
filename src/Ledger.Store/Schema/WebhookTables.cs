using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Ledger.Store.Schema;

/// <summary>Who is told of what. Not part of the ledger: rows come and go.</summary>
internal static class WebhookTables
{
    public static IEnumerable<Table> All(string schema) => [Webhooks(schema)];

    private static Table Webhooks(string schema)
    {
        var table = new Table(new PostgresqlObjectName(schema, "webhook", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("webhook_id", "uuid").AsPrimaryKey();
        table.AddColumn("agreement", "text").NotNull();
        table.AddColumn("url", "text").NotNull();
        table.AddColumn("events", "text[]").NotNull();
        // Encrypted with a key that is not in the database.
        table.AddColumn("secret", "bytea").NotNull();
        // What was recorded up to here is not told.
        table.AddColumn("since", "bigint").NotNull();
        table.AddColumn("created_at", "timestamptz").NotNull();
        // Why nothing is sent any more.
        table.AddColumn("stopped", "text");
        table.Indexes.Add(new IndexDefinition("webhook_agreement") { Columns = ["agreement"] });
        return table;
    }
}
