namespace Ledger.Server.Tests.World;

/// <summary>A server that holds the demonstration, which its tests read and do not change.</summary>
public sealed class ServerWithDemonstration : IAsyncLifetime
{
    public RunningServer Server { get; private set; } = null!;

    public HttpClient Http => Server.Http;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync();
        (await Server.Http.PostAsync($"{Idlib.Agreement}/entries/batch", Idlib.Demonstration(), "application/jsonl"))
            .Status.Should()
            .Be(HttpStatusCode.OK);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
