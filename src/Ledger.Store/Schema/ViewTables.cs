using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Ledger.Store.Schema;

/// <summary>
/// The tables of the asynchronous projections, for people and tools that ask SQL. All of them can be made again from
/// the log.
/// </summary>
internal static class ViewTables
{
    public static IEnumerable<Table> All(string schema) =>
        [
            Table(
                schema,
                "incident",
                ["incident_id uuid"],
                [
                    "agreement text",
                    "reports uuid[]",
                    "head uuid",
                    "kind text",
                    "occurred_from timestamptz",
                    "occurred_until timestamptz",
                    "level text",
                    "quantities jsonb",
                ],
                ["place text"],
                table =>
                {
                    table.Indexes.Add(
                        new IndexDefinition("incident_occurred") { Columns = ["agreement", "occurred_from"] }
                    );
                }
            ),
            Table(
                schema,
                "party_conduct",
                ["agreement text", "day date", "party text", "role text", "kind text"],
                ["reports integer", "alleged integer", "corroborated integer", "confirmed integer"],
                []
            ),
            Table(
                schema,
                "zone_day",
                ["agreement text", "day date", "zone text", "kind text"],
                ["certain integer", "possible integer"],
                []
            ),
            Table(
                schema,
                "provision_standing",
                ["agreement text", "provision text"],
                [
                    "position bigint",
                    "as_of timestamptz",
                    "reading text",
                    "kind text",
                    "life text",
                    "verdict text",
                    "reason text",
                    "best text",
                    "worst text",
                    "violations integer",
                ],
                ["since timestamptz", "deadline timestamptz"]
            ),
            Table(
                schema,
                "verdict_change",
                ["agreement text", "provision text", "position bigint", "as_of timestamptz"],
                ["decided_by uuid[]"],
                ["life text", "verdict text", "was text", "since timestamptz", "best text", "worst text"]
            ),
            Table(schema, "projection_progress", ["projection text", "agreement text"], ["position bigint"], []),
            Table(schema, "verdict_progress", ["agreement text"], ["position bigint", "as_of timestamptz"], []),
        ];

    private static Table Table(
        string schema,
        string name,
        string[] key,
        string[] required,
        string[] optional,
        Action<Table>? more = null
    )
    {
        var table = new Table(new PostgresqlObjectName(schema, name, SchemaUtils.IdentifierUsage.General));
        foreach (var column in key)
            Add(column).AsPrimaryKey();
        foreach (var column in required)
            Add(column).NotNull();
        foreach (var column in optional)
            Add(column);
        more?.Invoke(table);
        return table;

        Table.ColumnExpression Add(string column) => table.AddColumn(column.Split(' ')[0], column.Split(' ')[1]);
    }
}
