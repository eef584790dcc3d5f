namespace Ledger.Cli.Tests.Contracts;

/// <summary>Commands against a real server on a real PostgreSQL. Each transcript has a ledger of its own.</summary>
public sealed class TheCommandLineWithAServer
{
    public static TheoryData<string> Transcripts => Transcript.In("Online");

    [Theory]
    [MemberData(nameof(Transcripts))]
    public async Task Holds_its_contract(string name)
    {
        await using var server = await RunningServer.StartAsync();
        await Transcript.HoldsAsync("Online", name, server.Address, server.Token);
    }
}
