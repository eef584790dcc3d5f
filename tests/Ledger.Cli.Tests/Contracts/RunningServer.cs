using Ledger.Cli.Servers;
using Ledger.Cli.Tests.Local;
using Ledger.Local;
using Ledger.Local.Machine;
using Ledger.Testing;

namespace Ledger.Cli.Tests.Contracts;

/// <summary>The server as a program of its own, on an empty database.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private readonly TemporaryDirectory _folder;

    private readonly ServerProcess _process;

    private RunningServer(TemporaryDirectory folder, ServerProcess process) => (_folder, _process) = (folder, process);

    public Uri Address => _process.Address;

    /// <summary>The operator's.</summary>
    public string Token => ServerToken.OfOperator(_folder.Path)!;

    public static async Task<RunningServer> StartAsync()
    {
        var temporary = new TemporaryDirectory();
        var data = DataDirectory.Open(temporary.Path);
        var started = ServerProcess.Start(
            data,
            Checkout.ServerProgram,
            ServerAddress.On(Ports.AnyFree()),
            await TestDatabase.CreateAsync(),
            alone: true,
            account: null
        );
        await Polling.UntilAsync(
            async () => !started.IsRunning || await ServerHealth.IsReadyAsync(started.Address, CancellationToken.None),
            TimeSpan.FromMinutes(1),
            CancellationToken.None
        );
        started.IsRunning.Should().BeTrue($"it should have started: {File.ReadAllText(data.ServerLog)}");
        return new RunningServer(temporary, started);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(CancellationToken.None);
        _folder.Dispose();
    }
}
