namespace Ledger.Cli.Tests.Contracts;

/// <summary>Commands that need no server, and what they say when there is none.</summary>
public sealed class TheCommandLineAlone
{
    /// <summary>Port 9 is "discard", where nobody listens.</summary>
    private static readonly Uri Nobody = new("http://127.0.0.1:9");

    public static TheoryData<string> Transcripts => Transcript.In("Offline");

    [Theory]
    [MemberData(nameof(Transcripts))]
    public Task Holds_its_contract(string name) => Transcript.HoldsAsync("Offline", name, Nobody);
}
