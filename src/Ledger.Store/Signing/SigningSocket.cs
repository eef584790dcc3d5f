using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Ledger.Proof.Notes;

namespace Ledger.Store.Signing;

/// <summary>
/// A signing process at the other end of a Unix socket: the key never enters the server, and another account of the
/// machine can hold it. docs/formats.md has the protocol. A connection per signature: there are few, and none can be
/// left half read.
/// </summary>
internal sealed class SigningSocket(string path) : ILogSigner
{
    private static readonly int Patience = (int)TimeSpan.FromSeconds(5).TotalMilliseconds;

    private byte[]? _publicKey;

    public string Place => path;

    /// <summary>
    /// Asked once. Another key at the same socket later makes signatures that do not hold, which <see cref="LogKey"/>
    /// sees.
    /// </summary>
    public byte[] PublicKey => _publicKey ??= Ask([]);

    public byte[] Sign(byte[] text) => Ask(text);

    public void Dispose()
    {
        // Nothing is open between two signatures.
    }

    private byte[] Ask(byte[] text)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        {
            SendTimeout = Patience,
            ReceiveTimeout = Patience,
        };
        socket.Connect(new UnixDomainSocketEndPoint(path));
        using var stream = new NetworkStream(socket);
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
        stream.Write([.. length, .. text]);
        socket.Shutdown(SocketShutdown.Send);
        using var answer = new MemoryStream();
        stream.CopyTo(answer);
        var expected = text.Length == 0 ? Ed25519Key.PublicKeyLength : Ed25519Key.SignatureLength;
        return answer.ToArray() switch
        {
            [0, .. var good] when good.Length == expected => good,
            [1, .. var words] => throw new IOException(
                $"The signing process at {path} refuses: {Encoding.UTF8.GetString(words)}"
            ),
            _ => throw new IOException($"The signing process at {path} closed the connection."),
        };
    }
}
