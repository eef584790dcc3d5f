namespace Ledger.Server.Tests.World;

/// <summary>A server that holds the memorandum as signed, for tests that leave each other alone.</summary>
public sealed class ServerWithIdlib : IAsyncLifetime
{
    public RunningServer Server { get; private set; } = null!;

    public HttpClient Http => Server.Http;

    public async ValueTask InitializeAsync() => Server = await Idlib.AdoptedAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
