using Ledger.Local.Machine;
using Ledger.Local.Postgres;

namespace Ledger.Local;

/// <summary>
/// Shows the server's log until somebody interrupts, or the server or PostgreSQL ends; then the other one stops too, so
/// that whoever started both starts both again.
/// </summary>
public sealed class Foreground(DataDirectory data, ServerProcess server, TextWriter output)
{
    public async Task<int> FollowAsync(CancellationToken cancellationToken)
    {
        // A ledger with a database of the caller's own has none here.
        var cluster = new Cluster(await ClusterHome.InAsync(data, cancellationToken)).RunningId();
        await output.WriteLineAsync("Press Ctrl-C to stop it.");
        var shown = server.LogFrom;
        try
        {
            await Polling.UntilAsync(
                async () =>
                {
                    var text = Files.Since(data.ServerLog, shown);
                    shown = new FileInfo(data.ServerLog).Length;
                    await output.WriteAsync(text);
                    return !server.IsRunning || (cluster is { } id && !ProcessTable.IsRunning(id));
                },
                TimeSpan.MaxValue,
                cancellationToken
            );
        }
        catch (OperationCanceledException)
        {
            return await new Down(data.Path, new CommandOutput(output, output, AsJson: false)).RunAsync(
                CancellationToken.None
            );
        }

        var stopped = server.IsRunning ? "PostgreSQL" : "The server";
        await new Down(data.Path, new CommandOutput(output, output, AsJson: false)).RunAsync(CancellationToken.None);
        throw new LocalProblemException($"{stopped} stopped unexpectedly. A log may say why: {data.ServerLog}");
    }
}
