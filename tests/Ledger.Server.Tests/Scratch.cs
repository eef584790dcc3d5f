namespace Ledger.Server.Tests;

public sealed class Scratch
{
    [Fact]
    public async Task Try()
    {
        await using var server = await RunningServer.StartAsync();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var batch = await server.Http.PostAsync($"{Idlib.Agreement}/entries/batch", Idlib.Demonstration(), "application/jsonl");
        Console.WriteLine(watch.Elapsed);
        Console.WriteLine(batch.Text.Split('\n').Length + " " + string.Join("\n", batch.Text.Split('\n').Where(l => !l.Contains("\"status\":201", StringComparison.Ordinal)).Take(5)));
        File.WriteAllText("/tmp/openapi.json", (await server.Http.AskAsync("/openapi/v1.json")).Text);
        File.WriteAllText("/tmp/index.html", (await server.Http.AskAsync("/")).Text);
        File.WriteAllText("/tmp/agreement.html", (await server.Http.AskAsync("/agreements/idlib-2018?asOf=2018-10-16")).Text);
        File.WriteAllText("/tmp/why.html", (await server.Http.AskAsync("/agreements/idlib-2018/p5?asOf=2018-10-16")).Text);
        File.WriteAllText("/tmp/docs.html", (await server.Http.AskAsync("/docs/")).Text);
        Console.WriteLine((await server.Http.AskAsync("/docs")).Status);
        Console.WriteLine((await server.Http.AskAsync("/style.css")).Status);
        Console.WriteLine(await server.Http.AskAsync("/agreements/idlib-2018/px?asOf=2018-10-16"));
        Console.WriteLine(await server.Http.AskAsync("/agreements/idlib-2018?asof=2018-10-16&asOf=x"));
    }
}
