using Ledger.Domain.Identities;
using Ledger.Proof;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;
using Ledger.Store.Keys;

namespace Ledger.Store.Signing;

/// <summary>
/// The key that signs checkpoints: a file outside the database, so that who takes the database cannot sign for the
/// ledger. One key serves every agreement, under the name <c>ledger/agreement</c>, which is also the origin of that
/// agreement's log.
/// </summary>
public sealed class LogKey : IDisposable
{
    private readonly string _ledger;
    private readonly ILogSigner _key;

    private LogKey(string file, string ledger, ILogSigner key) => (File, _ledger, _key) = (file, ledger, key);

    /// <summary>Where the key lies, or would lie if no other process held it; what was signed lies beside it.</summary>
    public string File { get; }

    /// <summary>The file, or the socket of the process that holds the key.</summary>
    public string Place => _key.Place;

    public byte[] PublicKey => _key.PublicKey;

    /// <summary>A key that another process holds.</summary>
    /// <param name="socket">The path of its Unix socket.</param>
    /// <param name="file">Names the folder of what was signed; there is no such file.</param>
    /// <param name="ledger">The first part of every log's name.</param>
    /// <exception cref="KeyException">Nobody answers there.</exception>
    public static LogKey Connect(string socket, string file, string ledger)
    {
        try
        {
            var signer = new SigningSocket(socket);
            return signer.PublicKey.Length == Ed25519Key.PublicKeyLength
                ? new LogKey(file, ledger, signer)
                : throw new KeyException($"The signing process at {socket} has no Ed25519 key.");
        }
        catch (Exception silence) when (silence is System.Net.Sockets.SocketException or IOException)
        {
            throw new KeyException(
                $"The signing process at {socket} does not answer: {silence.Message} Start it with: ledger signer --socket {socket} --key FILE",
                silence
            );
        }
    }

    /// <summary>
    /// Reads the key, or makes it when the file does not exist. Several servers on one database share one file.
    /// </summary>
    /// <param name="file">Holds the 32 bytes of an Ed25519 seed in base64; readable by its owner alone.</param>
    /// <param name="ledger">The first part of every log's name.</param>
    /// <param name="seed">32 fresh random bytes, for the first start.</param>
    /// <exception cref="KeyException">The file cannot be used; the message says why and what to do.</exception>
    public static LogKey Open(string file, string ledger, Func<byte[]> seed)
    {
        try
        {
            if (!System.IO.File.Exists(file))
                KeyFile.Make(file, seed());
            if (System.IO.File.GetUnixFileMode(file) is var mode && (mode & ~KeyFile.OwnerOnly) != UnixFileMode.None)
                throw new KeyException($"{file} can be read by others ({mode}): chmod 600 {file}");
            var text = System.IO.File.ReadAllText(file);
            return StrictBase64.Decode(text.TrimEnd('\n')) is { Length: Ed25519Key.SeedLength } bytes
                ? new LogKey(file, ledger, new SeedFile(file, Ed25519Key.FromSeed(bytes)))
                : throw new KeyException(
                    $"{file} does not contain a key of {Ed25519Key.SeedLength} bytes in base64. Restore it from your copy; a new key means a new ledger name."
                );
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new KeyException($"The signing key {file} cannot be read or created: {wrong.Message}", wrong);
        }
    }

    /// <summary>What verifies this key's signatures for one agreement.</summary>
    public VerifierKey For(AgreementId agreement) => VerifierKey.OfLog($"{_ledger}/{agreement}", _key.PublicKey);

    /// <summary>
    /// Signs. Nobody may see the result before it is stored, and no other root may ever be signed for this size.
    /// </summary>
    public SignedCheckpoint Sign(AgreementId agreement, long size, Hash root)
    {
        var key = For(agreement);
        var signed = new Checkpoint(key.Name, size, root).Sign(key, _key.Sign);
        return _key is SeedFile || signed.Note.Verify([key]).Fault == NoteFault.None
            ? signed
            : throw new IOException(
                $"The signing process at {_key.Place} signs with a different key than when the server started."
            );
    }

    public void Dispose() => _key.Dispose();

    /// <summary>A key that this process reads and holds.</summary>
    private sealed class SeedFile(string file, Ed25519Key key) : ILogSigner
    {
        public string Place => file;

        public byte[] PublicKey => key.PublicKey;

        public byte[] Sign(byte[] text) => key.Sign(text);

        public void Dispose() => key.Dispose();
    }
}
