using Microsoft.Extensions.Hosting;

namespace Ledger.Store.Writing;

/// <summary>
/// Empties the writers while the host stops. The container would do it too late: Wolverine asks it for services after
/// every append, and a container that is being disposed of answers no more.
/// </summary>
internal sealed class WriterDrain(LedgerWriters writers) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken) => await writers.DisposeAsync();
}
