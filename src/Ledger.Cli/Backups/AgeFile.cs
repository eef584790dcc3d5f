using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Ledger.Cli.InputFiles;

namespace Ledger.Cli.Backups;

/// <summary>Why an age file does not open.</summary>
public enum AgeFault
{
    NotAge,
    WrongKey,
    Altered,
}

/// <summary>An age file does not open.</summary>
public sealed class AgeException(AgeFault fault) : Exception(fault.ToString())
{
    public AgeFault Fault => fault;
}

/// <summary>
/// Files in the format of age, version 1 (https://c2sp.org/age), so that what is encrypted here opens with any program
/// that speaks it, also when there is no ledger any more. Only keys of type X25519 and passphrases.
/// </summary>
public static class AgeFile
{
    private const string Version = "age-encryption.org/v1";
    private const int FileKeyLength = 16;
    private const int NonceLength = 16;
    private const int LineLength = 64;
    private const int LongestHeader = 64 * 1024;

    /// <summary>What is written into the stream is encrypted into the target. It is whole once the stream is disposed.</summary>
    public static Stream Write(Stream target, IReadOnlyList<IAgeRecipient> recipients)
    {
        var fileKey = RandomNumberGenerator.GetBytes(FileKeyLength);
        var header = new StringBuilder(Version).Append('\n');
        foreach (var stanza in recipients.Select(recipient => recipient.Wrap(fileKey)))
            header
                .Append("-> ")
                .AppendJoin(' ', stanza.Arguments.Prepend(stanza.Type))
                .Append('\n')
                .Append(Wrapped(stanza.Body));
        header.Append("---");
        var text = Encoding.ASCII.GetBytes(header.ToString());
        target.Write(text);
        target.Write(Encoding.ASCII.GetBytes($" {Base64(Authenticate(fileKey, text))}\n"));
        var nonce = RandomNumberGenerator.GetBytes(NonceLength);
        target.Write(nonce);
        return new AgeWriter(target, Derive(fileKey, nonce, "payload"));
    }

    /// <exception cref="AgeException">It does not open with any of these, or was changed. A change behind the header is
    /// told when it is read.</exception>
    public static Stream Read(Stream source, IReadOnlyList<IAgeIdentity> identities)
    {
        var (stanzas, text, mac) = ReadHeader(source);
        // A passphrase stands alone, or whoever can open the file another way could swap it.
        if (stanzas.Count > 1 && stanzas.Exists(stanza => stanza.Type == "scrypt"))
            throw new AgeException(AgeFault.NotAge);
        var fileKey =
            identities
                .SelectMany(identity => stanzas.Select(identity.Unwrap))
                .FirstOrDefault(key => key is { Length: FileKeyLength })
            ?? throw new AgeException(AgeFault.WrongKey);
        if (!CryptographicOperations.FixedTimeEquals(Authenticate(fileKey, text), mac))
            throw new AgeException(AgeFault.Altered);
        var nonce = new byte[NonceLength];
        return source.ReadAtLeast(nonce, NonceLength, throwOnEndOfStream: false) == NonceLength
            ? new AgeReader(source, Derive(fileKey, nonce, "payload"))
            : throw new AgeException(AgeFault.Altered);
    }

    /// <summary>The base64 of age has no padding.</summary>
    public static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    /// <returns>Null for what this base64 would not have written.</returns>
    public static byte[]? Bytes(string text)
    {
        var padded = text + new string('=', (4 - (text.Length % 4)) % 4);
        var bytes = new byte[(padded.Length / 4 * 3) + 1];
        return Convert.TryFromBase64String(padded, bytes, out var length) && Base64(bytes[..length]) == text
            ? bytes[..length]
            : null;
    }

    /// <summary>Wraps a file's key. Each wrapping key is used once, so its nonce is zero.</summary>
    public static byte[] Seal(byte[] key, byte[] fileKey)
    {
        var body = new byte[fileKey.Length + AgeChunk.TagLength];
        using var cipher = new ChaCha20Poly1305(key);
        cipher.Encrypt(new byte[12], fileKey, body.AsSpan(0, fileKey.Length), body.AsSpan(fileKey.Length));
        return body;
    }

    public static byte[]? Open(byte[] key, byte[] body)
    {
        if (body.Length != FileKeyLength + AgeChunk.TagLength)
            return null;
        try
        {
            var fileKey = new byte[FileKeyLength];
            using var cipher = new ChaCha20Poly1305(key);
            cipher.Decrypt(new byte[12], body.AsSpan(0, FileKeyLength), body.AsSpan(FileKeyLength), fileKey);
            return fileKey;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static (List<AgeStanza> Stanzas, byte[] Text, byte[] Mac) ReadHeader(Stream source)
    {
        using var text = new MemoryStream();
        if (ReadLine() != Version)
            throw new AgeException(AgeFault.NotAge);
        var stanzas = new List<AgeStanza>();
        var line = ReadLine();
        while (line.StartsWith("-> ", StringComparison.Ordinal))
        {
            var (words, body) = (line[3..].Split(' '), new List<byte>());
            do
            {
                line = ReadLine();
                body.AddRange(Bytes(line) ?? throw new AgeException(AgeFault.NotAge));
            } while (line.Length == LineLength);
            stanzas.Add(new AgeStanza(words[0], words[1..], [.. body]));
            line = ReadLine();
        }

        if (!line.StartsWith("--- ", StringComparison.Ordinal) || Bytes(line[4..]) is not { } mac)
            throw new AgeException(AgeFault.NotAge);
        // What is authenticated ends with the three hyphens.
        return (stanzas, text.ToArray()[..^(line.Length + 1 - 3)], mac);

        string ReadLine()
        {
            var start = (int)text.Length;
            while (source.ReadByte() is >= 0 and var read && text.Length < LongestHeader)
            {
                text.WriteByte((byte)read);
                if (read == '\n')
                    return Encoding.ASCII.GetString(text.ToArray()[start..^1]);
            }

            throw new AgeException(AgeFault.NotAge);
        }
    }

    private static string Wrapped(byte[] body)
    {
        var (text, lines) = (Base64(body), new StringBuilder());
        for (; text.Length >= LineLength; text = text[LineLength..])
            lines.Append(text[..LineLength]).Append('\n');
        return lines.Append(text).Append('\n').ToString();
    }

    private static byte[] Authenticate(byte[] fileKey, byte[] header) =>
        HMACSHA256.HashData(Derive(fileKey, [], "header"), header);

    private static byte[] Derive(byte[] fileKey, byte[] salt, string info) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, 32, salt, Encoding.ASCII.GetBytes(info));
}

/// <summary>The payload's chunks: each has its number in the nonce, and the last one says that it is the last.</summary>
internal static class AgeChunk
{
    public const int Length = 64 * 1024;
    public const int TagLength = 16;

    public static byte[] Nonce(long number, bool last)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(3), number);
        nonce[^1] = last ? (byte)1 : (byte)0;
        return nonce;
    }
}

/// <summary>Encrypts what is written into it.</summary>
internal sealed class AgeWriter(Stream target, byte[] key) : Stream
{
    private readonly ChaCha20Poly1305 _cipher = new(key);
    private readonly byte[] _plain = new byte[AgeChunk.Length];
    private readonly byte[] _sealed = new byte[AgeChunk.Length + AgeChunk.TagLength];
    private int _held;
    private long _number;
    private bool _ended;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            // A full chunk waits until it is known not to be the last.
            if (_held == AgeChunk.Length)
                Send(last: false);
            var taken = Math.Min(buffer.Length, AgeChunk.Length - _held);
            buffer[..taken].CopyTo(_plain.AsSpan(_held));
            _held += taken;
            buffer = buffer[taken..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush() => target.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_ended)
        {
            _ended = true;
            Send(last: true);
            _cipher.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Send(bool last)
    {
        _cipher.Encrypt(
            AgeChunk.Nonce(_number++, last),
            _plain.AsSpan(0, _held),
            _sealed.AsSpan(0, _held),
            _sealed.AsSpan(_held, AgeChunk.TagLength)
        );
        target.Write(_sealed.AsSpan(0, _held + AgeChunk.TagLength));
        _held = 0;
    }
}

/// <summary>Decrypts what is read from it; nothing is given out that was not authenticated.</summary>
internal sealed class AgeReader(Stream source, byte[] key) : ForwardStream
{
    private readonly ChaCha20Poly1305 _cipher = new(key);
    private readonly byte[] _plain = new byte[AgeChunk.Length];

    /// <summary>One byte more than a chunk tells whether it is the last.</summary>
    private readonly byte[] _sealed = new byte[AgeChunk.Length + AgeChunk.TagLength + 1];

    private int _carried;
    private int _from;
    private int _until;
    private long _number;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || (_from == _until && !Fill()))
            return 0;
        var given = Math.Min(buffer.Length, _until - _from);
        _plain.AsSpan(_from, given).CopyTo(buffer);
        _from += given;
        return given;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _cipher.Dispose();
        base.Dispose(disposing);
    }

    private bool Fill()
    {
        if (_ended)
            return false;
        var have =
            _carried
            + source.ReadAtLeast(_sealed.AsSpan(_carried), _sealed.Length - _carried, throwOnEndOfStream: false);
        _ended = have < _sealed.Length;
        var length = Math.Min(have, _sealed.Length - 1) - AgeChunk.TagLength;
        // Only a file without content has an empty last chunk.
        if (length < 0 || (length == 0 && _number > 0))
            throw new AgeException(AgeFault.Altered);
        try
        {
            _cipher.Decrypt(
                AgeChunk.Nonce(_number++, _ended),
                _sealed.AsSpan(0, length),
                _sealed.AsSpan(length, AgeChunk.TagLength),
                _plain.AsSpan(0, length)
            );
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new AgeException(AgeFault.Altered);
        }

        (_sealed[0], _carried) = (_sealed[^1], 1);
        (_from, _until) = (0, length);
        return length > 0;
    }
}
