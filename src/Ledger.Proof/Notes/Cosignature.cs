using System.Buffers.Binary;
using System.Text;

namespace Ledger.Proof.Notes;

/// <summary>
/// What follows the key id in the line of a witness: a time and a signature (C2SP tlog-cosignature, "Format").
/// </summary>
/// <param name="Time">POSIX seconds.</param>
/// <param name="Signature">Ed25519 over <see cref="Message"/>.</param>
public sealed record Cosignature(long Time, ReadOnlyMemory<byte> Signature)
{
    private const int TimeLength = 8;

    /// <summary>
    /// Null if the length is wrong or the time above 2^63-1. Whether the signature holds is
    /// <see cref="VerifierKey.Verify"/>'s matter.
    /// </summary>
    public static Cosignature? TryRead(NoteSignature line)
    {
        if (line.Value.Length != TimeLength + Ed25519Key.SignatureLength)
            return null;
        var time = BinaryPrimitives.ReadInt64BigEndian(line.Value.Span);
        return time < 0 ? null : new(time, line.Value[TimeLength..]);
    }

    /// <summary>
    /// tlog-cosignature, "Ed25519 signed message": a header line, a time line and the whole text of the checkpoint.
    /// </summary>
    public static byte[] Message(string checkpointText, long time) =>
        Encoding.UTF8.GetBytes($"cosignature/v1\ntime {time}\n{checkpointText}");

    public byte[] ToBytes()
    {
        var bytes = new byte[TimeLength + Signature.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Time);
        Signature.CopyTo(bytes.AsMemory(TimeLength));
        return bytes;
    }
}
