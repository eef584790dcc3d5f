using System.Net;
using System.Net.Sockets;

namespace Ledger.Cli.Tests.Contracts;

/// <summary>
/// Stands between the command and a server and hangs up when the server's answer comes, the first few times: the
/// request arrived, its answer is lost.
/// </summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    private readonly CancellationTokenSource ending = new();

    private readonly Task accepting;

    private readonly Uri server;

    private int cutsLeft;

    public CuttingProxy(Uri server, int cuts)
    {
        (this.server, cutsLeft) = (server, cuts);
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await accepting;
        listener.Dispose();
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(RelayAsync(await listener.AcceptTcpClientAsync(ending.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(server.Host, server.Port, ending.Token);
            var (here, there) = (near.GetStream(), far.GetStream());
            var asking = here.CopyToAsync(there, ending.Token);
            var buffer = new byte[1 << 16];
            while (await there.ReadAsync(buffer, ending.Token) is > 0 and var read)
            {
                if (Interlocked.Decrement(ref cutsLeft) >= 0)
                    return;
                await here.WriteAsync(buffer.AsMemory(0, read), ending.Token);
            }

            near.Close();
            await asking;
        }
        catch (Exception gone)
            when (gone is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // One side hung up, which is what this is for.
        }
    }
}
