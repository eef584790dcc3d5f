using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Ledger.Server.Tests.Proofs;

public sealed class ErasingAPerson
{
    private const string Canary = "We watched from the bakery";

    [Fact]
    public async Task Takes_a_request_and_a_confirmation_and_leaves_every_proof_valid()
    {
        await using var server = await Idlib.AdoptedAsync();
        var (reporter, auditor) = (Guid.NewGuid(), new Auditor());
        await FileAsync(server, reporter);
        await FileAsync(server, reporter);
        await FileAsync(server, Guid.NewGuid());
        var address = server.Http.BaseAddress!.ToString();
        (await auditor.RunAsync("verify", address))
            .Said.Should()
            .Contain("0 opened and matching, 3 withheld from you, 0 erased");

        var handle = (await server.Http.AskAsync($"{Idlib.Agreement}/handles?position=3")).Json["handles"]![0]![
            "handle"
        ]!.GetValue<string>();
        handle.Should().Be(reporter.ToString());
        var (_, listed) = await auditor.RunAsync("erase", "list", Idlib.Id, "--server", address, "--position", "3");
        listed.Should().Contain(handle).And.Contain("2, 3");
        var requestId = Idlib.NewId();
        await auditor.FindsAllGoodAsync(
            "erase",
            "request",
            Idlib.Id,
            "--handle",
            handle,
            "--authority",
            "A court",
            "--id",
            requestId,
            "--server",
            address
        );
        await auditor.FindsAllGoodAsync(
            "erase",
            "request",
            Idlib.Id,
            "--handle",
            handle,
            "--authority",
            "A court",
            "--id",
            requestId,
            "--server",
            address
        );

        // Nobody says yes, so nothing happens.
        var (refused, asked) = await auditor.RunAsync(
            "erase",
            "confirm",
            requestId,
            "--authority",
            "A court",
            "--server",
            address
        );
        refused.Should().Be(1);
        asked.Should().Contain("cannot be undone");
        (await OpenedAsync(server)).Should().Contain(Canary);
        await auditor.FindsAllGoodAsync(
            "erase",
            "confirm",
            requestId,
            "--authority",
            "A court",
            "--yes",
            "--server",
            address
        );
        await auditor.FindsAllGoodAsync(
            "erase",
            "request",
            Idlib.Id,
            "--handle",
            handle,
            "--authority",
            "A court",
            "--id",
            requestId,
            "--server",
            address
        );

        (await auditor.RunAsync("verify", address))
            .Said.Should()
            .Contain("0 opened and matching, 1 withheld from you, 2 erased with authority")
            .And.Contain("continues the checkpoint");
        (await auditor.RunAsync("verify", "--database", server.Connection))
            .Said.Should()
            .Contain("1 withheld from you, 2 erased with authority");
        var request = (await server.Http.AskAsync($"/api/v1/entries/{requestId}")).Json["data"]!;
        request["positions"]!.ToJsonString().Should().Be("[2,3]");
        request["names"]!.ToJsonString().Should().Be("[\"narrative\"]");
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", Told(reporter)))
            .Code.Should()
            .Be("report/handle-closed");
    }

    [Fact]
    public async Task Leaves_nothing_that_opens_it_in_bundle_or_log()
    {
        await using var server = await Idlib.AdoptedAsync();
        var reporter = Guid.NewGuid();
        await FileAsync(server, reporter);
        (await OpenedAsync(server)).Should().Contain(Canary);

        await EraseAsync(server, reporter);

        (await OpenedAsync(server)).Should().NotContain(Canary).And.Contain("\"state\":\"erased\",\"by\":4");
        (await server.Http.AskAsync($"{Idlib.Agreement}/entries.jsonl"))
            .Text.Should()
            .NotContain(Canary)
            .And.NotContain("bakery");
        var auditor = new Auditor();
        await auditor.FindsAllGoodAsync(
            "bundle",
            Idlib.Id,
            "--server",
            server.Http.BaseAddress!.ToString(),
            "--disclosures",
            "--reason",
            "audit",
            "-o",
            "all.zip"
        );
        (await auditor.RunAsync("verify", "all.zip"))
            .Said.Should()
            .Contain("0 opened and matching, 0 withheld from you, 1 erased with authority");
        using var zip = ZipFile.OpenRead(Path.Combine(auditor.Home, "all.zip"));
        foreach (var file in zip.Entries)
        {
            using var reader = new StreamReader(file.Open(), Encoding.Latin1);
            (await reader.ReadToEndAsync()).Should().NotContain("bakery");
        }
    }

    [Fact]
    public async Task Fails_for_what_is_not_there()
    {
        await using var server = await Idlib.AdoptedAsync();

        (
            await server.Http.PostAsync(
                $"{Idlib.Agreement}/erasures",
                new JsonObject
                {
                    ["entryId"] = Idlib.NewId(),
                    ["handle"] = Guid.NewGuid().ToString(),
                    ["authority"] = "A court",
                }
            )
        ).Code.Should().Be("erasure/unknown-handle");
        (
            await server.Http.PostAsync(
                $"/api/v1/erasures/{Idlib.NewId()}/confirmations",
                new JsonObject { ["entryId"] = Idlib.NewId(), ["authority"] = "A court" }
            )
        )
            .Code.Should()
            .Be("entry/not-found");
    }

    private static async Task EraseAsync(RunningServer server, Guid handle)
    {
        var request = new JsonObject
        {
            ["entryId"] = Idlib.NewId(),
            ["handle"] = handle.ToString(),
            ["authority"] = "A court",
        };
        (await server.Http.PostAsync($"{Idlib.Agreement}/erasures", request))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        (
            await server.Http.PostAsync(
                $"/api/v1/erasures/{request["entryId"]}/confirmations",
                new JsonObject { ["entryId"] = Idlib.NewId(), ["authority"] = "A court" }
            )
        )
            .Status.Should()
            .Be(HttpStatusCode.Created);
    }

    private static async Task FileAsync(RunningServer server, Guid reporter) =>
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", Told(reporter)))
            .Status.Should()
            .Be(HttpStatusCode.Created);

    private static JsonObject Told(Guid reporter)
    {
        var report = Idlib.Report("bombing", "2018-10-03");
        report["report"]!["narrative"] = Canary;
        report["report"]!["handles"] = new JsonObject { ["reporter"] = reporter.ToString() };
        return report;
    }

    /// <summary>What the server says to who asks for everything, with disclosures decoded.</summary>
    private static async Task<string> OpenedAsync(RunningServer server)
    {
        var size = (await server.Http.AskAsync($"{Idlib.Agreement}/entries")).Json["size"]!.GetValue<long>();
        var lines = (await server.Http.OpenAsync($"/log/{Idlib.Id}/disclosures/000.p/{size}", "audit")).Text;
        var values = lines
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!["disclosure"]?.GetValue<string>())
            .OfType<string>()
            .Select(text => Proof.Disclosures.Disclosure.Parse(text).Value.ToString());
        return lines + string.Join('\n', values);
    }
}
