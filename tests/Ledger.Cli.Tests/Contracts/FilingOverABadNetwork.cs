using System.Text.Json;
using Ledger.Cli.Installation;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Tests.Contracts;

public sealed class FilingOverABadNetwork
{
    private const string Id = "01900000-0000-7000-8000-000000000002";

    private static readonly string[] Report =
    [
        "report",
        "file",
        "harbour-2020",
        "--kind",
        "shelling",
        "--occurred",
        "2020-03-05",
        "--source",
        "media",
        "--id",
        Id,
        "--json",
    ];

    [Fact]
    public async Task Records_once_when_answers_are_lost_and_gives_the_first_receipt()
    {
        await using var server = await RunningServer.StartAsync();
        await RunAsync(
            server,
            server.Address,
            "agreement",
            "adopt",
            Repository.PathOf("tests", "Ledger.Cli.Tests", "Contracts", "Files", "harbour.yaml")
        );
        await using var proxy = new CuttingProxy(server.Address, cuts: 3);

        var (exit, output, error) = await RunAsync(server, proxy.Address, Report);

        exit.Should().Be(ExitCode.Done);
        JsonDocument.Parse(output).RootElement.GetProperty("position").GetInt64().Should().Be(2);
        error
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Should()
            .HaveCount(3)
            .And.OnlyContain(line => line.Contains("Retrying the same entry", StringComparison.Ordinal));
        (await RunAsync(server, server.Address, "entries", "read", "harbour-2020", "--json"))
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Should()
            .HaveCount(2);
        (await RunAsync(server, server.Address, Report)).Output.Should().Be(output);
    }

    [Fact]
    public async Task Gives_up_after_a_few_times_and_says_how_to_send_the_same_again()
    {
        await using var server = await RunningServer.StartAsync();
        await RunAsync(
            server,
            server.Address,
            "agreement",
            "adopt",
            Repository.PathOf("tests", "Ledger.Cli.Tests", "Contracts", "Files", "harbour.yaml")
        );
        await using var proxy = new CuttingProxy(server.Address, cuts: 100);

        var (exit, output, error) = await RunAsync(server, proxy.Address, Report);

        exit.Should().Be(ExitCode.Unreachable);
        output.Should().BeEmpty();
        error
            .Should()
            .Contain("It is not known whether it was recorded.")
            .And.Contain(
                $"  ledger report file harbour-2020 --kind shelling --occurred 2020-03-05 --source media --id {Id} --json"
            );
    }

    [Fact]
    public async Task Loads_the_demonstration_once_however_often_it_is_loaded()
    {
        await using var server = await RunningServer.StartAsync();
        await using var proxy = new CuttingProxy(server.Address, cuts: 1);

        await Demonstration.LoadAsync(proxy.Address, server.Token, CancellationToken.None);
        await Demonstration.LoadAsync(server.Address, server.Token, CancellationToken.None);

        var (_, output, _) = await RunAsync(server, server.Address, "agreement", "list", "--json");
        JsonDocument
            .Parse(output)
            .RootElement.GetProperty("agreements")[0]
            .GetProperty("position")
            .GetInt64()
            .Should()
            .Be(
                File.ReadLines(Path.Combine(Demonstration.Folder, Demonstration.Agreement, "entries.jsonl")).LongCount()
            );
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(
        RunningServer server,
        Uri address,
        params string[] args
    )
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var terminal = Terminals.Of(output) with
        {
            Error = error,
            Variable = name =>
                name switch
                {
                    "LEDGER_URL" => address.ToString(),
                    "LEDGER_TOKEN" => server.Token,
                    _ => null,
                },
        };
        var exit = await LedgerCommand.RunAsync(args, terminal);
        return (exit, output.ToString(), error.ToString());
    }
}
