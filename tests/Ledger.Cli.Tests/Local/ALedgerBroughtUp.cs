using System.Text.Json.Nodes;
using Ledger.Cli.Installation;
using Ledger.Local;
using Ledger.Local.Machine;
using Ledger.Local.Postgres;
using Ledger.Testing;

namespace Ledger.Cli.Tests.Local;

public sealed class ALedgerBroughtUp : IAsyncLifetime
{
    private readonly TemporaryDirectory _temporary = new();

    private string Path => System.IO.Path.Combine(_temporary.Path, "data");

    private DataDirectory Data => DataDirectory.Open(Path);

    private Uri Written => ServerAddress.Find(option: null, Path, _ => null);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await DownAsync();
        _temporary.Dispose();
    }

    [Fact]
    public async Task Is_there_and_a_second_time_says_so()
    {
        var port = Ports.AnyFree();

        var first = await UpAsync(port);
        var second = await UpAsync(port);

        first.Should().Contain($"The ledger is at http://127.0.0.1:{port}/");
        second.Should().StartWith($"Already running at http://127.0.0.1:{port}/");
        Written.Should().Be(ServerAddress.On(port));
        (await ServerHealth.IsReadyAsync(Written, CancellationToken.None)).Should().BeTrue();
    }

    [Fact]
    public async Task Is_told_to_programs_as_one_line_of_JSON_and_nothing_else()
    {
        var port = Ports.AnyFree();
        var (read, lines) = (new StringWriter(), new StringWriter());

        await new Up(
            new(Path, port, Connection: null, Empty: true, Foreground: false),
            new CommandOutput(read, lines, AsJson: true),
            LocalCommands.ServerCalls
        ).RunAsync(CancellationToken.None);
        await new Down(Path, new CommandOutput(read, lines, AsJson: true)).RunAsync(CancellationToken.None);

        var told = lines
            .ToString()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!)
            .ToList();
        told.Should().HaveCount(2);
        told[0]["server"]!.GetValue<string>().Should().Be($"http://127.0.0.1:{port}/");
        told[0]["signIn"]!.GetValue<string>().Should().StartWith($"http://127.0.0.1:{port}/sign-in#");
        told[1]["stopped"]!.ToJsonString().Should().Be("""{"server":true,"postgreSql":true}""");
        read.ToString().Should().Contain("PostgreSQL").And.NotContain("/sign-in#");
    }

    [Fact]
    public async Task Has_a_name_of_its_own_from_its_first_start_on()
    {
        await UpAsync(Ports.AnyFree());
        var name = FirstStart.Read(Data)!.LedgerName;
        var given = ProcessTable.Variable(ServerProcess.Find(Data)!.Id, "LEDGER_NAME");
        await DownAsync();
        await UpAsync(Ports.AnyFree());

        name.Should().StartWith("local-").And.NotBe(FirstStart.NewName());
        given.Should().Be(name);
        ProcessTable.Variable(ServerProcess.Find(Data)!.Id, "LEDGER_NAME").Should().Be(name, "logs keep their names");
    }

    [Fact]
    public async Task Says_what_it_does_and_names_no_agreement_that_is_not_there()
    {
        var said = await UpAsync(Ports.AnyFree());

        said.Should()
            .MatchRegex(@"(?m)^ *\d+ s  Starting PostgreSQL")
            .And.MatchRegex(@"(?m)^ *\d+ s  Starting the server")
            .And.Contain("./ledger agreement adopt FILE")
            .And.NotContain("idlib");
    }

    [Fact]
    public async Task Comes_back_after_the_server_and_PostgreSQL_were_killed()
    {
        var port = Ports.AnyFree();
        await UpAsync(port);
        var killed = ServerProcess.Find(Data)!;

        Posix.Signal(killed.Id, Posix.Kill);
        foreach (var id in ProcessTable.WorkingIn(Cluster.DataIn(Data.In("postgres"))))
            Posix.Signal(id, Posix.Kill);
        await UpAsync(port);

        ServerProcess.Find(Data)!.Id.Should().NotBe(killed.Id);
        (await ServerHealth.IsReadyAsync(Written, CancellationToken.None)).Should().BeTrue();
    }

    [Fact]
    public async Task Comes_back_after_PostgreSQL_alone_was_killed()
    {
        await UpAsync(Ports.AnyFree());

        foreach (var id in ProcessTable.WorkingIn(Cluster.DataIn(Data.In("postgres"))))
            Posix.Signal(id, Posix.Kill);
        await UpAsync(Ports.AnyFree());

        (await ServerHealth.IsReadyAsync(Written, CancellationToken.None)).Should().BeTrue();
    }

    [Fact]
    public async Task In_the_foreground_ends_when_PostgreSQL_does_so_that_both_are_started_again()
    {
        // A file, because it is read while it is written.
        var said = System.IO.Path.Combine(_temporary.Path, "said");
        await using var output = new StreamWriter(said) { AutoFlush = true };
        var up = new Up(
            new(Path, Ports.AnyFree(), Connection: null, Empty: true, Foreground: true),
            new CommandOutput(output, output, AsJson: false),
            LocalCommands.ServerCalls
        ).RunAsync(CancellationToken.None);
        await Polling.UntilAsync(
            () => up.IsCompleted || Files.Since(said, 0).Contains("Press Ctrl-C", StringComparison.Ordinal),
            TimeSpan.FromMinutes(5),
            CancellationToken.None
        );

        foreach (var id in ProcessTable.WorkingIn(Cluster.DataIn(Data.In("postgres"))))
            Posix.Signal(id, Posix.Kill);

        var followed = () => up;
        (await followed.Should().ThrowAsync<LocalProblemException>()).WithMessage("PostgreSQL stopped unexpectedly*");
        ServerProcess.Find(Data).Should().BeNull();
    }

    [Fact]
    public async Task Says_that_its_port_is_taken_and_takes_another()
    {
        using var squatter = new Squatter();

        var said = await UpAsync(squatter.Port);

        said.Should().Contain($"Port {squatter.Port} is taken by another program; using {Written.Port}.");
        Written.Port.Should().NotBe(squatter.Port);
        (await ServerHealth.IsReadyAsync(Written, CancellationToken.None)).Should().BeTrue();
    }

    [Fact]
    public async Task Taken_down_leaves_nothing_running_and_keeps_the_data()
    {
        await UpAsync(Ports.AnyFree());

        (await DownAsync()).Should().Contain("Stopped the server and PostgreSQL.");
        (await DownAsync()).Should().Contain("Nothing was running.");

        ServerProcess.Find(Data).Should().BeNull();
        ProcessTable.WorkingIn(Cluster.DataIn(Data.In("postgres"))).Should().BeEmpty();
        Written.Should().Be(ServerAddress.Default);
        Cluster.MajorIn(Data.In("postgres")).Should().NotBeNull();
    }

    [Fact]
    public async Task Uses_a_database_that_it_is_given_and_asks_for_it_again()
    {
        var connection = await TestDatabase.CreateAsync();

        await UpAsync(Ports.AnyFree(), connection);
        await DownAsync();
        var forgotten = () => UpAsync(Ports.AnyFree());

        Directory.Exists(Data.In("postgres")).Should().BeFalse();
        (await LedgerDatabase.IsNewAsync(connection, CancellationToken.None)).Should().BeFalse();
        (await forgotten.Should().ThrowAsync<LocalProblemException>()).WithMessage("*give --connection*again*");
    }

    [Fact]
    public async Task Does_not_leave_its_own_database_for_one_that_it_is_given()
    {
        await UpAsync(Ports.AnyFree());
        await DownAsync();

        var given = async () => await UpAsync(Ports.AnyFree(), await TestDatabase.CreateAsync());

        (await given.Should().ThrowAsync<LocalProblemException>()).WithMessage("*has a database of its own*");
    }

    [Fact]
    public async Task Says_in_a_sentence_that_the_given_database_does_not_answer()
    {
        using var squatter = new Squatter();

        var up = () =>
            UpAsync(Ports.AnyFree(), $"Host=127.0.0.1;Port={Ports.AnyFree()};Username=a;Password=b;Database=c");

        (await up.Should().ThrowAsync<LocalProblemException>()).WithMessage(
            "The connection string does not lead to a database: *"
        );
    }

    private async Task<string> UpAsync(int port, string? connection = null)
    {
        var output = new StringWriter();
        (
            await new Up(
                new(Path, port, connection, Empty: true, Foreground: false),
                new CommandOutput(output, output, AsJson: false),
                LocalCommands.ServerCalls
            ).RunAsync(CancellationToken.None)
        )
            .Should()
            .Be(0);
        return output.ToString();
    }

    private async Task<string> DownAsync()
    {
        var output = new StringWriter();
        (await new Down(Path, new CommandOutput(output, output, AsJson: false)).RunAsync(CancellationToken.None))
            .Should()
            .Be(0);
        return output.ToString();
    }
}
