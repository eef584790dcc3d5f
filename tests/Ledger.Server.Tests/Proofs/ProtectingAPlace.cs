using System.Text.Json.Nodes;
using Ledger.Testing;

namespace Ledger.Server.Tests.Proofs;

/// <summary>The exact point is sealed, and the district in the clear is what verdicts go by.</summary>
public sealed class ProtectingAPlace
{
    private const string Lat = "35.81277";

    [Fact]
    public async Task Seals_the_point_and_changes_no_verdict()
    {
        await using var server = await Idlib.AdoptedAsync();
        await using var plain = await Idlib.AdoptedAsync();
        var report = Told();
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", report)).Status.Should().Be(HttpStatusCode.Created);
        var coarse = Told();
        coarse["report"]!["place"]!.AsObject().Remove("exact");
        (await plain.Http.PostAsync($"{Idlib.Agreement}/reports", coarse)).Status.Should().Be(HttpStatusCode.Created);

        var entry = await server.Http.AskAsync($"{Idlib.Agreement}/entries/2");
        entry.Json["data"]!["report"]!["sealed"]!.AsObject().Select(pair => pair.Key).Should().Equal("place.exact");
        entry.Json["data"]!["report"]!["place"]!
            .ToJsonString()
            .Should()
            .Be("""{"name":"Jisr al-Shughur","point":{"lat":"35.81","lon":"36.32"},"precision":"district"}""");
        foreach (
            var address in (string[])
                [
                    $"{Idlib.Agreement}/entries.jsonl",
                    $"/api/v1/reports/{report["entryId"]}",
                    $"{Idlib.Agreement}/incidents",
                    $"/log/{Idlib.Id}/bundle.zip",
                ]
        )
            (await server.Http.GetStringAsync(address)).Should().NotContain(Lat, address);
        (
            await TestDatabase.AskAsync<long>(
                server.Connection,
                $"select count(*) from ledger.mt_events where data::text like '%{Lat}%'"
            )
        )
            .Should()
            .Be(0);

        var provisions = (await server.Http.AskAsync($"{Idlib.Agreement}/verdicts?asOf=2018-11-01")).Json["verdicts"]!
            .AsArray()
            .Select(verdict => (verdict!["provision"]!.GetValue<string>(), verdict["verdict"]!.GetValue<string>()));
        provisions
            .Should()
            .Equal(
                (await plain.Http.AskAsync($"{Idlib.Agreement}/verdicts?asOf=2018-11-01")).Json["verdicts"]!
                    .AsArray()
                    .Select(verdict =>
                        (verdict!["provision"]!.GetValue<string>(), verdict["verdict"]!.GetValue<string>())
                    )
            );

        // Sent again it is the same; another point is another report.
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", report))
            .Status.Should()
            .Be(HttpStatusCode.OK);
        report["report"]!["place"]!["exact"]!["lon"] = "36.3175";
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", report)).Code.Should().Be("entry/id-reused");
    }

    [Fact]
    public async Task Opens_to_who_may_and_goes_with_its_source()
    {
        await using var server = await Idlib.AdoptedAsync();
        var (auditor, address, source) = (new Auditor(), server.Http.BaseAddress!.ToString(), Guid.NewGuid());
        var report = Told();
        report["report"]!["handles"] = new JsonObject { ["source"] = source.ToString() };
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", report)).Status.Should().Be(HttpStatusCode.Created);

        (await server.Http.OpenReportAsync(report["entryId"])).Text.Should().Contain(Lat);
        (await auditor.RunAsync("verify", address)).Said.Should().Contain("0 opened and matching, 1 withheld");
        await auditor.FindsAllGoodAsync(
            "bundle",
            Idlib.Id,
            "--server",
            address,
            "--disclosures",
            "--reason",
            "audit",
            "-o",
            "all.zip"
        );
        (await auditor.RunAsync("verify", "all.zip")).Said.Should().Contain("1 opened and matching");

        var request = new JsonObject
        {
            ["entryId"] = Idlib.NewId(),
            ["handle"] = source.ToString(),
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

        (await server.Http.OpenReportAsync(report["entryId"]))
            .Text.Should()
            .NotContain(Lat)
            .And.Contain("Jisr al-Shughur");
        (await auditor.RunAsync("verify", address)).Said.Should().Contain("1 erased with authority");
    }

    [Fact]
    public async Task Is_asked_for_on_the_command_line()
    {
        await using var server = await Idlib.AdoptedAsync();
        string[] file =
        [
            "report",
            "file",
            Idlib.Id,
            "--kind",
            "bombing",
            "--occurred",
            "2018-10-03",
            "--source",
            "witness",
            "--exact",
            $"{Lat},36.3174",
            "--server",
            server.Http.BaseAddress!.ToString(),
        ];

        (await new Auditor().RunAsync(file)).Said.Should().Contain("--precision");
        await new Auditor().FindsAllGoodAsync([.. file, "--place", "Jisr al-Shughur", "--precision", "district"]);

        (await server.Http.AskAsync($"{Idlib.Agreement}/entries/2")).Json["data"]!["report"]!["sealed"]!
            .AsObject()
            .Should()
            .ContainKey("place.exact");
    }

    private static JsonObject Told()
    {
        var report = Idlib.Report("bombing", "2018-10-03");
        report["report"]!["place"] = JsonNode.Parse(
            $$$"""{"name":"Jisr al-Shughur","precision":"district","point":{"lat":"35.81","lon":"36.32"},"exact":{"lat":"{{{Lat}}}","lon":"36.3174"}}"""
        );
        return report;
    }
}
