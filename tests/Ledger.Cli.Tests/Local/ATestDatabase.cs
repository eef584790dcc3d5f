using Ledger.Testing;
using Npgsql;

namespace Ledger.Cli.Tests.Local;

public sealed class ATestDatabase
{
    [Fact]
    public async Task Is_empty_and_apart_from_its_neighbours()
    {
        var (one, other) = (await TestDatabase.CreateAsync(), await TestDatabase.CreateAsync());

        await TestDatabase.ExecuteAsync(one, "create table only_here (id int)");

        (await AskAsync(one, "select to_regclass('only_here')::text")).Should().Be("only_here");
        (await AskAsync(other, "select to_regclass('only_here')::text")).Should().Be(DBNull.Value);
    }

    [Fact]
    public async Task Speaks_UTF8_and_UTC()
    {
        var database = await TestDatabase.CreateAsync();

        (await AskAsync(database, "show server_encoding")).Should().Be("UTF8");
        (await AskAsync(database, "show timezone")).Should().Be("UTC");
    }

    [Fact]
    public async Task Lends_a_schema_that_is_found_first()
    {
        var connection = await TestDatabase.CreateSchemaAsync("ledger_of_a_class");

        (await AskAsync(connection, "select current_schema()")).Should().Be("ledger_of_a_class");
    }

    private static async Task<object?> AskAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
