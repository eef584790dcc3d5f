using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Ledger.Store.Schema;

/// <summary>
/// How much room files take up, so that it can be bounded without looking through their folder. Whose file it was first
/// is not written down.
/// </summary>
internal static class EvidenceTables
{
    public static IEnumerable<Table> All(string schema)
    {
        var kept = new Table(new PostgresqlObjectName(schema, "evidence_kept", SchemaUtils.IdentifierUsage.General));
        kept.AddColumn("agreement", "text").AsPrimaryKey();
        kept.AddColumn("sha256", "text").AsPrimaryKey();
        kept.AddColumn("bytes", "bigint").NotNull();
        yield return kept;

        var room = new Table(new PostgresqlObjectName(schema, "evidence_room", SchemaUtils.IdentifierUsage.General));
        // 'agreement SLUG' or 'person UUID'.
        room.AddColumn("whose", "text").AsPrimaryKey();
        room.AddColumn("bytes", "bigint").NotNull();
        yield return room;
    }
}
