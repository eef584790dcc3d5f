namespace Ledger.Server.Tests;

public sealed class Scratch
{
    [Fact]
    public async Task Try()
    {
        await using var server = await Idlib.AdoptedAsync();
        var id = Idlib.NewId();
        await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14", id));
        foreach (var path in new[] { "", "/versions", "/parties", "/zones", "/reports", "/codebook" })
            Console.WriteLine(path + " " + (await server.Http.AskAsync(Idlib.Agreement + path)).ToString() is var t ? t[..Math.Min(t.Length, 400)] : "");
        Console.WriteLine(await server.Http.AskAsync("/api/v1/reports/" + id));
        Console.WriteLine(await server.Http.AskAsync("/health/ready"));
        Console.WriteLine((await server.Http.AskAsync("/metrics")).Text.Split("\n").Where(l => l.StartsWith('#')).Take(60).Aggregate("", (a, b) => a + b + "\n"));
        File.WriteAllText("/tmp/openapi.json", (await server.Http.AskAsync("/openapi/v1.json")).Text);
    }
}
