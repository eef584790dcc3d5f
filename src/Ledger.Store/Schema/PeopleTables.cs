using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Ledger.Store.Schema;

/// <summary>
/// Who may come in and do what. None of it is in any log: people can be removed from here without touching what is
/// recorded.
/// </summary>
internal static class PeopleTables
{
    public static IEnumerable<Table> All(string schema) =>
        [
            Table(
                schema,
                "person",
                ["person_id uuid"],
                ["name text", "created_at timestamptz"],
                ["created_by uuid", "revoked_at timestamptz"]
            ),
            // The agreement '*' is every agreement; the party is empty for all roles but that of a party.
            Table(
                schema,
                "membership",
                ["person_id uuid", "agreement text", "role text", "party text"],
                ["opens_sealed boolean", "granted_at timestamptz"],
                ["granted_by uuid", "proposed_by uuid"]
            ),
            // Roles that one person proposed and for which another's agreement is missing.
            Table(
                schema,
                "proposed_membership",
                ["person_id uuid", "agreement text", "role text", "party text", "opens_sealed boolean"],
                ["proposed_by uuid", "proposed_at timestamptz"],
                []
            ),
            // Roles that were taken away, each with the time it was had.
            Table(
                schema,
                "past_membership",
                ["person_id uuid", "agreement text", "role text", "party text", "granted_at timestamptz"],
                ["opens_sealed boolean", "withdrawn_at timestamptz"],
                ["granted_by uuid", "withdrawn_by uuid", "proposed_by uuid"],
                "agreement"
            ),
            Table(
                schema,
                "device",
                ["device_id uuid"],
                ["person_id uuid", "name text", "public_key text", "enrolled_at timestamptz"],
                ["last_seen_at timestamptz", "revoked_at timestamptz"],
                "person_id"
            ),
            // Of every secret only its SHA-256 is kept. Tokens and links end with the device they were made on, and with the
            // token by which they were made.
            Table(
                schema,
                "session",
                ["secret_hash bytea"],
                [
                    "session_id uuid",
                    "person_id uuid",
                    "how text",
                    "started_at timestamptz",
                    "last_seen_at timestamptz",
                    "expires_at timestamptz",
                ],
                ["device_id uuid", "ended_at timestamptz", "proven_at timestamptz", "made_by uuid"],
                "person_id"
            ),
            Table(
                schema,
                "api_token",
                ["secret_hash bytea"],
                ["token_id uuid", "person_id uuid", "name text", "created_at timestamptz", "expires_at timestamptz"],
                [
                    "scope jsonb",
                    "last_used_at timestamptz",
                    "revoked_at timestamptz",
                    "made_on uuid",
                    "made_by uuid",
                    "of_operator boolean",
                ],
                "person_id"
            ),
            Table(
                schema,
                "invitation",
                ["secret_hash bytea"],
                [
                    "invitation_id uuid",
                    "name text",
                    "memberships jsonb",
                    "created_at timestamptz",
                    "expires_at timestamptz",
                ],
                [
                    "person_id uuid",
                    "email text",
                    "created_by uuid",
                    "redeemed_at timestamptz",
                    "redeemed_by uuid",
                    "revoked_at timestamptz",
                    "made_on uuid",
                    "made_by uuid",
                ]
            ),
            Table(schema, "login", ["issuer text", "subject text"], ["person_id uuid", "created_at timestamptz"], []),
            Table(
                schema,
                "passkey",
                ["credential_id bytea"],
                ["person_id uuid", "name text", "credential jsonb", "created_at timestamptz"],
                ["device_id uuid", "last_used_at timestamptz"],
                "person_id"
            ),
            // The hash is that of the secret that the browser carries meanwhile.
            Table(
                schema,
                "challenge",
                ["challenge_hash bytea"],
                ["state text", "expires_at timestamptz"],
                ["session_id uuid"]
            ),
            Table(schema, "filing", ["entry_id uuid"], ["person_id uuid"], ["device_id uuid"], "person_id"),
            Table(schema, "public_reading", ["agreement text"], ["since timestamptz"], ["granted_by uuid"]),
            Table(
                schema,
                "opening",
                ["opening_id uuid"],
                [
                    "agreement text",
                    "position bigint",
                    "entry_id uuid",
                    "name text",
                    "person_id uuid",
                    "reason text",
                    "opened_at timestamptz",
                ],
                [],
                "agreement"
            ),
        ];

    private static Table Table(
        string schema,
        string name,
        string[] key,
        string[] required,
        string[] optional,
        string? index = null
    )
    {
        var table = new Table(new PostgresqlObjectName(schema, name, SchemaUtils.IdentifierUsage.General));
        foreach (var column in key)
            Add(column).AsPrimaryKey();
        foreach (var column in required)
            Add(column).NotNull();
        foreach (var column in optional)
            Add(column);
        if (index is not null)
            table.Indexes.Add(new IndexDefinition($"{name}_{index}") { Columns = [index] });
        return table;

        Table.ColumnExpression Add(string column) => table.AddColumn(column.Split(' ')[0], column.Split(' ')[1]);
    }
}
