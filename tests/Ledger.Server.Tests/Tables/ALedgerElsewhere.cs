using System.Text.Json.Nodes;

namespace Ledger.Server.Tests.Tables;

/// <summary>A ledger that is exported and imported into an empty server gives the same answers everywhere.</summary>
public sealed class ALedgerElsewhere(ServerWithDemonstration world) : IClassFixture<ServerWithDemonstration>
{
    private static readonly string[] Lenses =
    [
        "lens=house",
        "lens=strict",
        "lens=alleged",
        "lens=as-announced",
        "lens=russian-side",
        "lens=turkish-side",
        "threshold=corroborated",
        "match=possible",
        "saidBy=2018-10-14",
        "sourcesNot=party:russia",
    ];

    [Fact]
    public async Task Answers_the_same_at_every_position_and_under_every_lens()
    {
        await using var elsewhere = await RunningServer.StartAsync();
        var exported = await world.Http.GetStringAsync($"{Idlib.Agreement}/entries.jsonl");
        var lines = exported
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line =>
            {
                var entry = JsonNode.Parse(line)!;
                return new JsonObject
                {
                    ["type"] = entry["type"]!.DeepClone(),
                    ["data"] = entry["data"]!.DeepClone(),
                }.ToJsonString();
            })
            .ToArray();

        var taken = await elsewhere.Http.PostAsync(
            $"{Idlib.Agreement}/entries/batch",
            string.Join('\n', lines),
            "application/jsonl"
        );

        taken
            .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Should()
            .HaveCount(lines.Length)
            .And.OnlyContain(line => line.Contains("\"status\":201", StringComparison.Ordinal));
        foreach (var position in Enumerable.Range(1, lines.Length))
            await SameAsync(elsewhere, $"timelines.csv?knownAt={position}");
        foreach (var lens in Lenses)
        {
            await SameAsync(elsewhere, $"timelines.csv?{lens}");
            await SameAsync(elsewhere, $"verdicts.csv?asOf=2018-10-16&{lens}");
            await SameAsync(elsewhere, $"incidents.csv?asOf=2018-12-31&{lens}");
            await SameAsync(elsewhere, $"conduct.csv?asOf=2018-12-31&{lens}");
        }
    }

    private async Task SameAsync(RunningServer elsewhere, string file)
    {
        var path = $"{Idlib.Agreement}/tables/{file}";
        var here = await world.Http.GetStringAsync(path);
        if (file.StartsWith("timelines", StringComparison.Ordinal))
            here.Split("\r\n").Length.Should().BeGreaterThan(2, "there is something to compare");
        (await elsewhere.Http.GetStringAsync(path)).Split("\r\n").Should().Equal(here.Split("\r\n"), file);
    }
}
