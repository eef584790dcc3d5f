using Ledger.Local.Machine;

namespace Ledger.Local;

/// <summary>
/// Shows the server's log until somebody interrupts or the server ends; then PostgreSQL stops with it.
/// </summary>
public sealed class Foreground(DataDirectory data, ServerProcess server, TextWriter output)
{
    public async Task<int> FollowAsync(CancellationToken cancellationToken)
    {
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
                    return !server.IsRunning;
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

        await new Down(data.Path, new CommandOutput(output, output, AsJson: false)).RunAsync(CancellationToken.None);
        throw new LocalProblemException($"The server stopped unexpectedly. Its log may say why: {data.ServerLog}");
    }
}
