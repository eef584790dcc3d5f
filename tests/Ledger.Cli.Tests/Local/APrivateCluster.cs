using System.Globalization;
using Ledger.Local.Machine;
using Ledger.Local.Postgres;
using Ledger.Testing;
using Npgsql;

namespace Ledger.Cli.Tests.Local;

public sealed class APrivateCluster : IAsyncLifetime
{
    private readonly TemporaryDirectory _temporary = new();

    private string Home => Path.Combine(_temporary.Path, "postgres");

    private string PidFile => Path.Combine(Cluster.DataIn(Home), "postmaster.pid");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await new Cluster(Home).StopAsync(immediately: true, CancellationToken.None);
        _temporary.Dispose();
    }

    [Fact]
    public async Task Keeps_what_was_committed_through_kill_minus_nine()
    {
        var before = await StartAsync();
        await TestDatabase.ExecuteAsync(before.ConnectionAsSuperuser(), "create table kept as select 42 as number");

        KillPostmaster();
        var after = await StartAsync();

        (await AskAsync(after.ConnectionAsSuperuser(), "select number from kept")).Should().Be(42);
    }

    [Fact]
    public async Task Starts_although_its_pid_file_names_a_stranger_who_lives()
    {
        await StartAsync();
        KillPostmaster();
        // PostgreSQL believes a number that belongs to any process of its own account, such as one of the other
        // cluster's.
        await using var stranger = new NpgsqlConnection(await TestDatabase.SuperuserAsync());
        await stranger.OpenAsync();
        var lines = await File.ReadAllLinesAsync(PidFile);
        lines[0] = stranger.ProcessID.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(PidFile, lines);

        var after = await StartAsync();

        (await AskAsync(after.ConnectionAsSuperuser(), "select 1")).Should().Be(1);
    }

    [Fact]
    public async Task Started_twice_is_one_server()
    {
        var (first, second) = (await StartAsync(), await StartAsync());

        second.Should().Be(first);
    }

    [Fact]
    public async Task Takes_another_port_when_its_last_one_is_taken()
    {
        var before = await StartAsync();
        await new Cluster(Home).StopAsync(immediately: false, CancellationToken.None);
        using var squatter = new Squatter(before.Port);

        var after = await StartAsync();

        after.Port.Should().NotBe(before.Port);
        (await AskAsync(after.ConnectionAsSuperuser(), "select 1")).Should().Be(1);
    }

    [Fact]
    public async Task Stopped_leaves_no_process_and_stopping_again_does_nothing()
    {
        await StartAsync();

        (await new Cluster(Home).StopAsync(immediately: false, CancellationToken.None)).Should().BeTrue();
        (await new Cluster(Home).StopAsync(immediately: false, CancellationToken.None)).Should().BeFalse();

        ProcessTable.WorkingIn(Cluster.DataIn(Home)).Should().BeEmpty();
    }

    [Fact]
    public async Task Gives_the_database_an_owner_and_the_servers_a_role_that_owns_nothing_neither_a_superuser()
    {
        var running = await StartAsync();

        var (connection, server) = await LedgerDatabase.EnsureAsync(running, CancellationToken.None);
        (await LedgerDatabase.EnsureAsync(running, CancellationToken.None)).Should().Be((connection, server));

        (
            await AskAsync(
                connection,
                "select current_setting('is_superuser') || ' ' || current_user || ' ' || current_database()"
            )
        )
            .Should()
            .Be("off ledger_owner ledger");
        (
            await AskAsync(
                server,
                "select current_setting('is_superuser') || ' ' || current_user || ' ' || current_database()"
            )
        )
            .Should()
            .Be("off ledger_server ledger");
        (
            await AskAsync(
                server,
                "select has_database_privilege(current_database(), 'create') or pg_has_role('ledger_owner', 'member')"
            )
        )
            .Should()
            .Be(false);
        (await LedgerDatabase.IsNewAsync(connection, CancellationToken.None)).Should().BeTrue();
        await TestDatabase.ExecuteAsync(connection, "create schema own create table own.anything (id int)");
        (await LedgerDatabase.IsNewAsync(connection, CancellationToken.None)).Should().BeFalse();
    }

    [Fact]
    public async Task Lets_nobody_in_without_the_password()
    {
        var running = await StartAsync();
        var guess = new NpgsqlConnectionStringBuilder(running.ConnectionAsSuperuser())
        {
            Password = "guess",
        }.ConnectionString;

        var asking = () => AskAsync(guess, "select 1");

        (await asking.Should().ThrowAsync<PostgresException>())
            .Which.SqlState.Should()
            .Be(PostgresErrorCodes.InvalidPassword);
        File.GetUnixFileMode(Path.Combine(Home, "passwords.json")).Should().Be(Files.OwnerOnly);
    }

    [Fact]
    public async Task Is_set_to_lose_nothing_and_to_be_reached_from_this_machine_alone()
    {
        var running = await StartAsync();

        var settings = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (
            var name in (string[])
                [
                    "fsync",
                    "synchronous_commit",
                    "full_page_writes",
                    "TimeZone",
                    "listen_addresses",
                    "idle_in_transaction_session_timeout",
                    "server_encoding",
                ]
        )
            settings[name] = await AskAsync(running.ConnectionAsSuperuser(), $"show {name}");

        settings
            .Should()
            .Equal(
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["fsync"] = "on",
                    ["synchronous_commit"] = "on",
                    ["full_page_writes"] = "on",
                    ["TimeZone"] = "UTC",
                    ["listen_addresses"] = "127.0.0.1",
                    ["idle_in_transaction_session_timeout"] = "1min",
                    ["server_encoding"] = "UTF8",
                }
            );
    }

    private async Task<RunningCluster> StartAsync() =>
        await new Cluster(Home).StartAsync(
            await PostgresSource.FindAsync(
                Path.Combine(Path.GetTempPath(), "ledger-postgres"),
                Cluster.MajorIn(Home),
                CancellationToken.None
            ),
            ClusterSettings.Durable,
            CancellationToken.None
        );

    private void KillPostmaster() =>
        Posix.Signal(int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture), Posix.Kill);

    private static async Task<object?> AskAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
