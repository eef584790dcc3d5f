using Microsoft.Extensions.Hosting;

namespace Ledger.Store.Writing;

/// <summary>
/// Has the writers watched from the start of the host, and empties them while it stops. The container would do it too late: Wolverine asks it for services after
/// every append, and a container that is being disposed of answers no more.
/// </summary>
internal sealed class WriterDrain(LedgerWriters writers, LedgerTelemetry telemetry) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        telemetry.QueueLengths = () => writers.QueueLengths;
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await writers.DisposeAsync();
}
