namespace Ledger.Server.Tests;

public sealed class AServer
{
    [Fact]
    public async Task Answers()
    {
        await using var server = await RunningServer.StartAsync();
        Console.WriteLine(await server.Http.AskAsync("/health/ready"));
        Console.WriteLine(await server.Http.AskAsync("/nowhere"));
        Console.WriteLine(await server.Http.AskAsync("/api/v1/agreements/x/reports"));
        Console.WriteLine(await server.Http.PostAsync("/api/v1/agreements/x/reports", "{}"));
        Console.WriteLine(await server.Http.PostAsync("/api/v1/agreements/x/reports", "{}", "text/plain"));
    }
}
