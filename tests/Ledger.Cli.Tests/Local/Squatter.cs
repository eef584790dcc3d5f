using System.Net;
using System.Net.Sockets;

namespace Ledger.Cli.Tests.Local;

/// <summary>Another program on a port of ours: it accepts connections and never answers.</summary>
public sealed class Squatter : IDisposable
{
    private readonly TcpListener listener;

    public Squatter(int port = 0)
    {
        listener = new(IPAddress.Loopback, port);
        listener.Start();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Dispose() => listener.Dispose();
}
