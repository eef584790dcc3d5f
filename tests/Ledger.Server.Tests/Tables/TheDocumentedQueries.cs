using System.Text.RegularExpressions;
using Npgsql;

namespace Ledger.Server.Tests.Tables;

/// <summary>What docs/sql.md tells analysts to run, as the role that it tells the administrator to make.</summary>
public sealed partial class TheDocumentedQueries(ServerWithDemonstration world) : IClassFixture<ServerWithDemonstration>
{
    private const string Role = "ledger_reader";

    private static readonly string[] Blocks =
    [
        .. Block()
            .Matches(File.ReadAllText(Repository.PathOf("docs", "sql.md")))
            .Select(block => block.Groups["sql"].Value),
    ];

    private static string Making => Blocks.Single(IsMaking);

    private static IEnumerable<string> Queries => Blocks.Where(block => !IsMaking(block));

    [Fact]
    public async Task Give_rows_to_a_role_that_sees_nothing_else_and_changes_nothing()
    {
        await using var database = NpgsqlDataSource.Create(world.Server.Connection);
        await using var connection = await database.OpenConnectionAsync();
        await Eventually.Async(async () =>
            await CountAsync(connection, "select 1 from ledger.provision_standing") > 0
            && await CountAsync(connection, "select 1 from ledger.verdict_change") > 0
            && await CountAsync(connection, "select 1 from ledger.party_conduct") > 0
        );
        // Roles belong to the whole cluster, which other tests use too.
        var role = $"{Role}_{Guid.NewGuid():N}";
        await ExecuteAsync(connection, Making.Replace(Role, role, StringComparison.Ordinal));
        try
        {
            await ExecuteAsync(connection, $"set role {role}");
            Queries.Should().HaveCountGreaterThan(3);
            foreach (var query in Queries)
                (await CountAsync(connection, query)).Should().BeGreaterThan(0, query);

            foreach (
                var table in (string[])
                    [
                        "ledger_sealed",
                        "ledger_handle",
                        "ledger_entry",
                        "mt_events",
                        "person",
                        "session",
                        "api_token",
                        "filing",
                    ]
            )
                await RefusedAsync(connection, $"select 1 from ledger.{table}");
            await RefusedAsync(connection, "delete from ledger.verdict_change");
            await RefusedAsync(connection, "update ledger.provision_standing set verdict = 'holding'");
            await RefusedAsync(connection, "create table ledger.another (id int)");
        }
        finally
        {
            await ExecuteAsync(connection, "reset role");
            await ExecuteAsync(connection, $"drop owned by {role}; drop role {role}");
        }
    }

    private static bool IsMaking(string block) => block.Contains("CREATE ROLE", StringComparison.Ordinal);

    private static async Task RefusedAsync(NpgsqlConnection connection, string sql)
    {
        var refused = await FluentActions
            .Awaiting(() => ExecuteAsync(connection, sql))
            .Should()
            .ThrowAsync<PostgresException>(sql);
        refused.Which.SqlState.Should().Be(PostgresErrorCodes.InsufficientPrivilege, sql);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<int> CountAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync();
        var count = 0;
        while (await rows.ReadAsync())
            count++;
        return count;
    }

    [GeneratedRegex("```sql\n(?<sql>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}
