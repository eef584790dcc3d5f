using System.Net;
using System.Net.Sockets;

namespace Ledger.Cli.Tests.Contracts;

/// <summary>
/// Stands between the command and a server and hangs up when the server's answer comes, the first few times: the
/// request arrived, its answer is lost.
/// </summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    private readonly CancellationTokenSource _ending = new();

    private readonly Task _accepting;

    private readonly Uri _server;

    private int _cutsLeft;

    public CuttingProxy(Uri server, int cuts)
    {
        (_server, _cutsLeft) = (server, cuts);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_ending.Token)));
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
            await far.ConnectAsync(_server.Host, _server.Port, _ending.Token);
            var (here, there) = (near.GetStream(), far.GetStream());
            var asking = here.CopyToAsync(there, _ending.Token);
            var buffer = new byte[1 << 16];
            while (await there.ReadAsync(buffer, _ending.Token) is > 0 and var read)
            {
                if (Interlocked.Decrement(ref _cutsLeft) >= 0)
                    return;
                await here.WriteAsync(buffer.AsMemory(0, read), _ending.Token);
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
