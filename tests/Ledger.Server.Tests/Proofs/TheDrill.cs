using Ledger.Testing;
using Npgsql;

namespace Ledger.Server.Tests.Proofs;

/// <summary>
/// docs/backup.md, walked: backup, loss, restore, verify, and the decision that is left when entries cannot be brought
/// back.
/// </summary>
public sealed class TheDrill
{
    [Fact]
    public async Task Ends_with_a_log_that_says_what_was_lost_and_why()
    {
        var auditor = new Auditor();
        var connection = await ServersRole.DatabaseAsync();
        string backup;
        await using (var server = await Idlib.AdoptedAsync(connection))
        {
            await FileAsync(server);
            await auditor.FindsAllGoodAsync("verify", server.Http.BaseAddress!.ToString());
        }

        backup = await CopyAsync(connection);
        var beforeTheLoss = auditor.Twin();
        await using (var server = await RunningServer.StartAsync(connection))
        {
            await FileAsync(server);
            await FileAsync(server);
            await auditor.FindsAllGoodAsync("verify", server.Http.BaseAddress!.ToString());
        }

        // Step 3: swept before a server touches it.
        var (exit, said) = await auditor.Twin().SweepAsync(backup);
        exit.Should().Be(2);
        said.Should().Contain("positions 3 to 4").And.Contain("log/shrank");
        (await beforeTheLoss.Twin().SweepAsync(backup)).Exit.Should().Be(0, "the backup is what it was");

        // Step 4: a server with the same key reads, and does not write.
        var key = RunningServer.KeyFileOf(connection);
        await using var restored = await RunningServer.StartAsync(backup, also: $"--LEDGER_KEY={key}");
        var address = restored.Http.BaseAddress!.ToString();
        (await restored.Http.AskAsync($"{Idlib.Agreement}/verdicts")).Status.Should().Be(HttpStatusCode.OK);
        var refused = await restored.Http.PostAsync(
            $"{Idlib.Agreement}/reports",
            Idlib.Report("bombing", "2018-10-03")
        );
        refused.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        refused.Text.Should().Contain("4 entries were signed, but the database contains 2");

        // When nothing brings the entries back: a decision, by somebody, for a reason.
        string[] decision =
        [
            "log",
            "resume",
            Idlib.Id,
            "--reason",
            "A disk broke",
            "--authority",
            "The joint commission",
            "--server",
            address,
            "--signed-size",
        ];
        (await auditor.RunAsync([.. decision, "4"]))
            .Should()
            .Match<(int Exit, string Said)>(asked =>
                asked.Exit == 1 && asked.Said.Contains("Nothing was recorded", StringComparison.Ordinal)
            );
        (await auditor.RunAsync([.. decision, "3", "--yes"])).Said.Should().Contain("4 entries were signed, not 3");
        await auditor.FindsAllGoodAsync([.. decision, "4", "--yes"]);
        await FileAsync(restored);
        (await auditor.RunAsync([.. decision, "4", "--yes"])).Said.Should().Contain("not rolled back");

        var entry = (await restored.Http.AskAsync($"{Idlib.Agreement}/entries/3")).Json;
        entry["type"]!.GetValue<string>().Should().Be("log_resumed");
        entry["data"]!["signedSize"]!.GetValue<long>().Should().Be(4);

        // Who verified what was lost is told so, for ever. Who did not, finds a log in order that says it itself.
        (await auditor.RunAsync("verify", address))
            .Should()
            .Match<(int Exit, string Said)>(found =>
                found.Exit == 2 && found.Said.Contains("log/other-history", StringComparison.Ordinal)
            );
        await beforeTheLoss.FindsAllGoodAsync("verify", address);
        await new Auditor().FindsAllGoodAsync("verify", address);
    }

    [Fact]
    public async Task Is_not_needed_where_nothing_was_lost()
    {
        await using var server = await Idlib.AdoptedAsync();

        (
            await new Auditor().RunAsync(
                "log",
                "resume",
                Idlib.Id,
                "--reason",
                "x",
                "--authority",
                "y",
                "--signed-size",
                "1",
                "--yes",
                "--server",
                server.Http.BaseAddress!.ToString()
            )
        )
            .Said.Should()
            .Contain("not rolled back");
    }

    private static async Task FileAsync(RunningServer server) =>
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-03")))
            .Status.Should()
            .Be(HttpStatusCode.Created);

    private static async Task<string> CopyAsync(string connection)
    {
        var copy = await TestDatabase.CopyAsync(connection);
        return new NpgsqlConnectionStringBuilder(copy) { Pooling = false }.ConnectionString;
    }
}
