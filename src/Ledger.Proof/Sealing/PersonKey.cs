using System.Text;

namespace Ledger.Proof.Sealing;

/// <summary>
/// A person's key as it is kept: handle ‖ nonce ‖ ciphertext ‖ tag, under the master key. A key that was destroyed is
/// as many zeros.
/// </summary>
public static class PersonKey
{
    public const int Length = 32;
    public const int RecordLength = HandleLength + Aes256.Overhead + Length;

    private const int HandleLength = 16;

    /// <param name="master">32 bytes.</param>
    /// <param name="nonce"><see cref="SealedBytes.NonceLength"/> random bytes.</param>
    /// <param name="handle">The random name of the key.</param>
    /// <param name="key"><see cref="Length"/> random bytes.</param>
    public static byte[] Wrap(
        ReadOnlySpan<byte> master,
        ReadOnlySpan<byte> nonce,
        Guid handle,
        ReadOnlySpan<byte> key
    ) => [.. handle.ToByteArray(bigEndian: true), .. Aes256.Seal(master, nonce, key, About(handle))];

    /// <summary>Whose key this is. The handle alone proves nothing.</summary>
    public static Guid HandleIn(ReadOnlySpan<byte> record) => new(record[..HandleLength], bigEndian: true);

    /// <summary>The key; null when this is not the record of that handle under that master key.</summary>
    public static byte[]? Unwrap(ReadOnlySpan<byte> master, Guid handle, ReadOnlySpan<byte> record) =>
        record.Length == RecordLength && HandleIn(record) == handle
            ? Aes256.Open(master, record[HandleLength..], About(handle))
            : null;

    private static byte[] About(Guid handle) => Encoding.UTF8.GetBytes($"ledger/person-key/v1\n{handle:D}");
}
