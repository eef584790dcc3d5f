using System.Net;
using System.Security.Cryptography;
using System.Text;
using Ledger.Cli.Installation;
using Ledger.Cli.Servers;

namespace Ledger.Cli.Tests.Backups;

/// <summary>Does what docs/backup.md says, command by command, and looks at what came of it.</summary>
public sealed class TheDrill
{
    private const string Photograph = "What was photographed";

    [Fact]
    public async Task Brings_back_a_ledger_that_verifies_and_goes_on_and_lets_nobody_in_who_had_a_token()
    {
        await using var ledger = await BackedUpLedger.StartAsync();
        var report = await ledger.AdoptAsync();
        await ledger.AttachAsync(report, "photograph.txt", Photograph);
        var erased = await EraseAsync(ledger);
        var token = (await ledger.SucceedsAsync("./ledger people token issue drill")).Trim();
        var operators = ServerToken.OfOperator(ledger.Data)!;
        (await BackedUpLedger.AskAsync(ledger.Address, "people", token)).Should().Be(HttpStatusCode.OK);

        var commands = Commands();
        commands.Should().HaveCount(6, "the drill has six steps");
        var said = new List<string>();
        foreach (var command in commands.Take(3))
            said.Add(await ledger.SucceedsAsync(command));
        // The machine is lost.
        await ledger.SucceedsAsync("./ledger down --data /srv/ledger");
        foreach (var command in commands.Skip(3).Take(2))
            said.Add(await ledger.SucceedsAsync(command));

        said[2].Should().Contain("good.").And.Contain("1 file intact").And.Contain("continues 1 checkpoint");
        said[4].Should().Contain("continues the checkpoint you kept").And.Contain("good");
        foreach (var old in (string[])[token, operators])
            (await BackedUpLedger.AskAsync(ledger.RestoredAddress, "people", old))
                .Should()
                .Be(HttpStatusCode.Unauthorized, "whoever caused the loss may have it");
        var now = ServerToken.OfOperator(ledger.Restored)!;
        now.Should().NotBe(operators);
        await OpensAsync(ledger, report, now);
        (await BackedUpLedger.AskAsync(ledger.RestoredAddress, $"entries/{erased}", now))
            .Should()
            .Be(HttpStatusCode.OK, "what was erased keeps its place in the log");
        await ledger.FileAsync("5081", "/srv/restored/operator.token");
        (await ledger.SucceedsAsync(commands[4])).Should().Contain("good").And.Contain("1 erased with authority");

        await ledger.SucceedsAsync(commands[5]);
    }

    [Fact]
    public async Task Records_nothing_on_top_of_a_history_that_is_shorter_than_what_was_signed()
    {
        await using var ledger = await BackedUpLedger.StartAsync();
        await ledger.AdoptAsync();
        var commands = Commands();
        await ledger.SucceedsAsync(commands[1]);
        await ledger.FileAsync("5080");
        await ledger.SucceedsAsync(commands[0]);
        await ledger.SucceedsAsync("./ledger down --data /srv/ledger");

        (await ledger.SucceedsAsync(commands[2])).Should().Contain("LOST      1 entry of 3 that were signed");
        await ledger.SucceedsAsync(commands[3]);
        var (exit, said) = await ledger.RunAsync(
            $"./ledger report file {Demonstration.Agreement} --kind bombing --occurred 2018-10-01 --source media:Gazette --server http://127.0.0.1:5081 --token-file /srv/restored/operator.token"
        );

        exit.Should().NotBe(0);
        said.Should().Contain("Nothing is recorded").And.Contain("docs/backup.md");
    }

    [Fact]
    public async Task Takes_a_ledger_as_it_is_at_one_moment_while_reports_are_filed()
    {
        await using var ledger = await BackedUpLedger.StartAsync();
        await ledger.AdoptAsync();
        var commands = Commands();
        using var enough = new CancellationTokenSource();
        var (filed, began) = (1, new TaskCompletionSource());
        var filing = Task.Run(async () =>
        {
            for (; !enough.IsCancellationRequested; filed++)
            {
                await ledger.FileAsync("5080");
                began.TrySetResult();
            }
        });
        await Task.WhenAny(began.Task, filing);
        for (var i = 0; i < 3; i++)
            await ledger.SucceedsAsync($"{commands[1]} --json");
        await enough.CancelAsync();
        await filing;

        var said = await ledger.SucceedsAsync($"{commands[2]} --json");

        var log = BackedUpLedger.Json(said[said.IndexOf("{\"data\"", StringComparison.Ordinal)..])["logs"]![0]!;
        log["size"]!.GetValue<long>().Should().BeInRange(3, filed + 1, "some were filed before, and some after");
    }

    /// <summary>The commands of the page's section, in their order.</summary>
    private static List<string> Commands() =>
        [
            .. File.ReadAllText(Repository.PathOf("docs", "backup.md"))
                .Split("\n## ")
                .Single(section => section.StartsWith("The drill\n", StringComparison.Ordinal))
                .Split('\n')
                .Select(line => line.Trim())
                .Where(line => line.StartsWith("./ledger ", StringComparison.Ordinal)),
        ];

    private static async Task<string> EraseAsync(BackedUpLedger ledger)
    {
        var report = await ledger.FileAsync("5080");
        var position = BackedUpLedger.Json(await ledger.SucceedsAsync($"./ledger report show {report} --json"))[
            "position"
        ]!;
        var handle = (
            await ledger.SucceedsAsync($"./ledger erase list {Demonstration.Agreement} --position {position}")
        ).Split(' ')[0];
        var request = Guid.CreateVersion7();
        await ledger.SucceedsAsync(
            $"./ledger erase request {Demonstration.Agreement} --handle {handle} --authority A_court --id {request}"
        );
        await ledger.SucceedsAsync($"./ledger erase confirm {request} --authority A_court --yes");
        return report;
    }

    private static async Task OpensAsync(BackedUpLedger ledger, string report, string token)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Photograph)));
        using var http = new HttpClient { BaseAddress = ledger.RestoredAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        (await http.GetStringAsync(new Uri($"api/v1/reports/{report}/evidence/{sha256}", UriKind.Relative)))
            .Should()
            .Be(Photograph);
    }
}
