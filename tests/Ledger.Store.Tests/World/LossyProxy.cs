using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Ledger.Store.Tests.World;

/// <summary>
/// Stands between a ledger and its database, and loses the database's answer to the COMMIT of a transaction that
/// recorded entries: the entries are there, and nobody was told.
/// </summary>
internal sealed class LossyProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _host;
    private readonly int _port;
    private int _toLose;

    public LossyProxy(string connection)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection);
        (_host, _port) = (builder.Host!, builder.Port);
        _listener.Start();
        builder.Host = "127.0.0.1";
        builder.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        builder.SslMode = SslMode.Disable;
        builder.GssEncryptionMode = GssEncryptionMode.Disable;
        Connection = builder.ConnectionString;
        _ = AcceptAsync();
    }

    public string Connection { get; }

    public int Lost { get; private set; }

    public void LoseNextCommits(int count) => Interlocked.Exchange(ref _toLose, count);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(_host, _port);
            var (above, below) = (client.GetStream(), server.GetStream());
            var (records, losing) = (false, false);
            await Task.WhenAny(
                PumpAsync(
                    above,
                    below,
                    sent =>
                    {
                        records |= sent.Contains("insert into ledger.ledger_entry", StringComparison.Ordinal);
                        if (!sent.Contains("COMMIT", StringComparison.Ordinal))
                            return true;
                        losing = records && Interlocked.Decrement(ref _toLose) >= 0;
                        records = false;
                        return true;
                    }
                ),
                PumpAsync(
                    below,
                    above,
                    _ =>
                    {
                        Lost += losing ? 1 : 0;
                        return !losing;
                    }
                )
            );
        }
    }

    private static async Task PumpAsync(NetworkStream from, NetworkStream to, Func<string, bool> pass)
    {
        var buffer = new byte[1 << 16];
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer)) > 0 && pass(Encoding.Latin1.GetString(buffer, 0, read)))
                await to.WriteAsync(buffer.AsMemory(0, read));
        }
        catch (Exception cut) when (cut is IOException or SocketException or ObjectDisposedException)
        {
            // One side went away; so does the other.
        }
    }
}
