using System.Text.Json.Nodes;

namespace Ledger.Server.Tests;

public sealed class TheMainJob
{
    [Fact]
    public async Task A_bombing_by_the_government_breaches_article_two()
    {
        await using var server = await Idlib.AdoptedAsync();
        var report = Idlib.Report("bombing", "2018-10-14");
        report["report"]!["actors"] = new JsonArray(new JsonObject { ["name"] = "syrian-government", ["role"] = "by" });
        var receipt = await server.Http.PostAsync($"{Idlib.Agreement}/reports", report);
        Console.WriteLine(receipt);
        Console.WriteLine(await server.Http.AskAsync($"{Idlib.Agreement}/verdicts/p2?asOf=2018-10-16"));
        Console.WriteLine(await server.Http.AskAsync($"{Idlib.Agreement}/verdicts/p2/timeline"));
    }
}
