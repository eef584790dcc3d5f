using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Ledger.Server.Tests.World;

/// <summary>
/// One connection of HTTP/2 (RFC 9113) over TLS, frame by frame, so that a test can do what no client library does: ask
/// and take nothing, or take everything back. It reads whatever the server says, and says of its own accord only what
/// it must.
/// </summary>
public sealed class Http2Line : IAsyncDisposable
{
    private const byte Headers = 1;
    private const byte Reset = 3;
    private const byte Settings = 4;
    private const byte GoAway = 7;
    private const byte Continuation = 9;
    private const byte Acknowledges = 1;
    private const byte EndsStream = 1;
    private const byte EndsHeaders = 4;

    /// <summary>As nothing else was said.</summary>
    private const int MostOfFrame = 16_384;

    private readonly TcpClient _socket;
    private readonly SslStream _tls;
    private readonly Task _reading;
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MemoryStream _taken = new();
    private readonly ConcurrentDictionary<int, byte> _begun = new();
    private readonly ConcurrentDictionary<int, byte> _ended = new();

    private Http2Line(TcpClient socket, SslStream tls)
    {
        (_socket, _tls) = (socket, tls);
        _reading = ReadAsync();
    }

    /// <summary>Whether there is no connection any more, or none that takes another stream.</summary>
    public bool IsCut => Parting is not null || _reading.IsCompleted;

    /// <summary>The error code with which the server parted (RFC 9113, section 7).</summary>
    public uint? Parting { get; private set; }

    /// <summary>Bytes of bodies that came.</summary>
    public long Taken => _taken.Length;

    /// <summary>These as text, those of all streams one after the other.</summary>
    public string Text => Encoding.UTF8.GetString(_taken.ToArray());

    /// <param name="socket">Connected.</param>
    /// <param name="trust">Whom the client believes.</param>
    /// <param name="window">Bytes of each stream that the server may send before it is given leave for more. Of all
    /// streams together these are 65,535, as the protocol has it.</param>
    /// <returns>Once both have said how they want to speak.</returns>
    public static async Task<Http2Line> OpenAsync(TcpClient socket, SslClientAuthenticationOptions trust, int window)
    {
        trust.ApplicationProtocols = [SslApplicationProtocol.Http2];
        var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(trust);
        tls.NegotiatedApplicationProtocol.Should().Be(SslApplicationProtocol.Http2);
        var said = new byte[6];
        // Setting 4 is the window of a stream.
        said[1] = 4;
        BinaryPrimitives.WriteInt32BigEndian(said.AsSpan(2), window);
        await tls.WriteAsync((byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, said)]);
        var line = new Http2Line(socket, tls);
        await line._settled.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await line._tls.WriteAsync(Frame(Settings, Acknowledges, 0, []));
        return line;
    }

    public bool HasBegun(int stream) => _begun.ContainsKey(stream);

    public bool HasEnded(int stream) => IsCut || _ended.ContainsKey(stream);

    /// <param name="stream">Odd, and higher than the last.</param>
    /// <param name="authority">The host that is asked for.</param>
    /// <param name="path">At most 126 letters.</param>
    /// <param name="resets">Whether it is taken back at once.</param>
    public async Task AskAsync(int stream, string authority, string path, bool resets = false)
    {
        // Literals without indexing (RFC 7541, section 6.2.2); method and scheme stand in the static table.
        byte[] ask = [0x82, 0x87, .. Literal(4, path), .. Literal(1, authority)];
        await _tls.WriteAsync(
            (byte[])
                [
                    .. Frame(Headers, EndsStream | EndsHeaders, stream, ask),
                    .. resets ? Frame(Reset, 0, stream, [0, 0, 0, 8]) : [],
                ]
        );
    }

    /// <summary>Begins to ask, and does not end.</summary>
    public async Task BeginAsync(int stream, string authority) =>
        await _tls.WriteAsync(
            Frame(Headers, EndsStream, stream, [0x82, 0x87, .. Literal(4, "/"), .. Literal(1, authority)])
        );

    /// <summary>Another header of what was begun.</summary>
    public async Task GoOnAsync(int stream, int number) =>
        await _tls.WriteAsync(
            Frame(Continuation, 0, stream, [0, .. Said($"x-{number}"), .. Said(new string('x', 100))])
        );

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _reading;
        await _tls.DisposeAsync();
    }

    private async Task ReadAsync()
    {
        var (head, body) = (new byte[9], new byte[MostOfFrame]);
        try
        {
            while (true)
            {
                await _tls.ReadExactlyAsync(head);
                var (length, type, flags, stream) = (
                    (head[0] << 16) | (head[1] << 8) | head[2],
                    head[3],
                    head[4],
                    BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) & int.MaxValue
                );
                await _tls.ReadExactlyAsync(body.AsMemory(0, length));
                if (type == Settings)
                    _settled.TrySetResult();
                else if (type == GoAway)
                    Parting = BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(4));
                else if (type == Headers)
                    _begun.TryAdd(stream, 0);
                else if (type == 0)
                    _taken.Write(body, 0, length);
                if (type == Reset || (type is 0 or Headers && (flags & EndsStream) != 0))
                    _ended.TryAdd(stream, 0);
            }
        }
        catch (Exception hungUp) when (hungUp is IOException or ObjectDisposedException)
        {
            _settled.TrySetException(hungUp);
        }
    }

    private static byte[] Frame(byte type, byte flags, int stream, byte[] body)
    {
        var head = new byte[9];
        BinaryPrimitives.WriteInt32BigEndian(head, body.Length << 8);
        (head[3], head[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(5), stream);
        return [.. head, .. body];
    }

    private static byte[] Literal(byte name, string value) => [name, .. Said(value)];

    private static byte[] Said(string value) => [(byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
}
