using Ledger.Testing;
using Npgsql;

namespace Ledger.Server.Tests;

/// <summary>Whoever takes a server over has its connection, and with it no more than adding to the log.</summary>
public sealed class TheServersRole(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    private readonly RunningServer _server = world.Server;

    [Theory]
    [InlineData("update ledger.mt_events set data = '{}'")]
    [InlineData("delete from ledger.mt_events")]
    [InlineData("truncate ledger.mt_events cascade")]
    [InlineData("update ledger.ledger_entry set bytes = ''")]
    [InlineData("delete from ledger.ledger_entry")]
    [InlineData("update ledger.ledger_checkpoint set root = ''")]
    [InlineData("delete from ledger.ledger_tile")]
    [InlineData("delete from ledger.ledger_head")]
    [InlineData("update ledger.ledger_sealed set handle = null")]
    [InlineData("truncate ledger.ledger_sealed")]
    [InlineData("delete from ledger.opening")]
    [InlineData("alter table ledger.ledger_entry disable trigger all")]
    [InlineData("drop trigger ledger_guard_truncate on ledger.ledger_entry")]
    [InlineData(
        "create or replace function ledger.ledger_guard() returns trigger language plpgsql as $$ begin return new; end $$"
    )]
    [InlineData("drop table ledger.ledger_entry cascade")]
    [InlineData("create table ledger.another (id int)")]
    [InlineData("create schema another")]
    [InlineData("alter role ledger_server createdb")]
    [InlineData("set session_replication_role = replica")]
    [InlineData("set role postgres")]
    public async Task Can_neither_change_what_was_recorded_nor_give_itself_the_right_to(string sql)
    {
        var refused = await FluentActions
            .Awaiting(() => TestDatabase.ExecuteAsync(ServersRole.Of(_server.Connection), sql))
            .Should()
            .ThrowAsync<PostgresException>();

        refused.Which.SqlState.Should().Be(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Can_change_nothing_in_the_head_of_a_log()
    {
        await using var superuser = NpgsqlDataSource.Create(_server.Connection);
        await using var columns = superuser.CreateCommand(
            """
            select string_agg(column_name || ' = ' || case data_type when 'bigint' then column_name || ' + 1000' when 'bytea' then 'sha256(' || column_name || ')'
                when 'text' then column_name || ' || ''-other''' else '''2099-01-01''' end, ';')
            from information_schema.columns where table_schema = 'ledger' and table_name = 'ledger_head'
            """
        );
        var changes = ((string)(await columns.ExecuteScalarAsync())!).Split(';');

        changes.Should().HaveCountGreaterThan(2);
        foreach (var change in changes)
        {
            var refused = await FluentActions
                .Awaiting(() =>
                    TestDatabase.ExecuteAsync(
                        ServersRole.Of(_server.Connection),
                        $"update ledger.ledger_head set {change}"
                    )
                )
                .Should()
                .ThrowAsync<PostgresException>(change);
            refused.Which.SqlState.Should().Be(PostgresErrorCodes.InsufficientPrivilege, change);
        }
    }

    [Fact]
    public async Task Can_grant_itself_nothing()
    {
        // PostgreSQL answers a grant of what one does not have to give with a warning.
        await TestDatabase.ExecuteAsync(
            ServersRole.Of(_server.Connection),
            "grant all on all tables in schema ledger to ledger_server"
        );

        (
            await TestDatabase.AskAsync<bool>(
                _server.Connection,
                "select has_table_privilege('ledger_server', 'ledger.ledger_entry', 'update, delete, truncate, trigger')"
            )
        )
            .Should()
            .BeFalse();
    }

    [Theory]
    [InlineData("drop table ledger.challenge")]
    [InlineData("alter table ledger.challenge drop column session_id")]
    [InlineData("drop index ledger.report_occurred")]
    public async Task Does_not_start_on_tables_of_another_version_until_the_owner_has_migrated_them(string sql)
    {
        var connection = await TestDatabase.CreateAsync();
        await ServersRole.MigrateAsync(connection);
        await TestDatabase.ExecuteAsync(connection, sql);

        var refused = await RunAsync(ServersRole.Of(connection));
        await ServersRole.MigrateAsync(connection);
        await using var server = await RunningServer.StartAsync(connection);

        refused.Exit.Should().Be(2);
        refused
            .Said.Should()
            .EndWith(
                "run `dotnet Ledger.Server.dll migrate ledger_server` with the owner's connection as LEDGER_CONNECTION."
            )
            .And.Contain("not those of this version");
        (await server.Http.AskAsync("/health/ready")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Is_given_its_rights_by_the_owner_alone()
    {
        (await RunAsync(_server.Connection, "migrate", ServersRole.Name)).Should().Be((0, ""));

        (await RunAsync(ServersRole.Of(_server.Connection), "migrate", ServersRole.Name))
            .Should()
            .Match<(int Exit, string Said)>(run =>
                run.Exit == 2 && run.Said.Contains("ledger_server neither owns the schema ledger nor may make it")
            );
        (await RunAsync(_server.Connection, "migrate", "nobody"))
            .Should()
            .Match<(int Exit, string Said)>(run =>
                run.Exit == 2 && run.Said.Contains("The role nobody does not exist")
            );
        (await RunAsync(_server.Connection, "migrate", "postgres"))
            .Should()
            .Match<(int Exit, string Said)>(run => run.Exit == 2 && run.Said.Contains("take a role of its own"));
    }

    private static async Task<(int Exit, string Said)> RunAsync(string connection, params string[] arguments)
    {
        var start = Repository.Server(arguments);
        start.Environment["LEDGER_CONNECTION"] = connection;
        start.Environment["LEDGER_KEY"] = RunningServer.KeyFileOf(connection);
        start.Environment["LEDGER_URL"] = "http://127.0.0.1:0";
        using var process = System.Diagnostics.Process.Start(start)!;
        var said = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await said).Trim());
    }
}
