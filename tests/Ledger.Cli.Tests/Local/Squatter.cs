using System.Net;
using System.Net.Sockets;

namespace Ledger.Cli.Tests.Local;

/// <summary>Another program on a port of ours: it accepts connections and never answers.</summary>
public sealed class Squatter : IDisposable
{
    private readonly TcpListener _listener;

    public Squatter(int port = 0)
    {
        _listener = new(IPAddress.Loopback, port);
        _listener.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();
}
