using System.Net;
using System.Net.Sockets;

namespace Ledger.Local.Machine;

/// <summary>Ports of 127.0.0.1.</summary>
public static class Ports
{
    public static bool IsFree(int port)
    {
        try
        {
            using var listener = Listen(port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A port that nobody has at this moment; somebody may take it before it is used.</summary>
    public static int AnyFree()
    {
        using var listener = Listen(0);
        return ((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    private static Socket Listen(int port)
    {
        // The option that servers set: without it a port stays "taken" for a minute after its server has ended.
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
