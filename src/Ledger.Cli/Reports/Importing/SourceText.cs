using System.Text;
using Ledger.Cli.InputFiles;
using Ledger.Domain.Input;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// Text of a file in the encoding that its first bytes tell: UTF-8, with a byte order mark or without, and UTF-16 with
/// one, as Excel writes it. Other encodings are refused, because letters that were guessed wrong would stand in the
/// record for ever; a mapping may name one.
/// </summary>
public static class SourceText
{
    private static readonly (byte[] Mark, Encoding Encoding)[] Marked =
    [
        ([0xEF, 0xBB, 0xBF], new UTF8Encoding(false, throwOnInvalidBytes: true)),
        // UTF-32 begins as UTF-16 does, so it is looked at first; nobody writes it.
        (
            [0xFF, 0xFE, 0x00, 0x00],
            new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true)
        ),
        ([0xFF, 0xFE], new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true)),
        ([0xFE, 0xFF], new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true)),
    ];

    /// <param name="file">From its beginning; it need not be able to go back.</param>
    /// <param name="encoding">That the mapping names, for files without a byte order mark.</param>
    public static StreamReader Open(Stream file, Encoding? encoding = null)
    {
        var head = new byte[4];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        foreach (var (mark, marked) in Marked)
        {
            if (head.AsSpan(0, read).StartsWith(mark))
                return Reader(head.AsMemory(mark.Length, read - mark.Length), file, marked);
        }

        return Reader(head.AsMemory(0, read), file, encoding ?? Marked[0].Encoding);
    }

    /// <summary>An encoding by its name of the IANA registry; bytes that it does not have are refused.</summary>
    public static Encoding? EncodingOf(InputNode input)
    {
        if (input.Words("an encoding such as windows-1252", 40) is not { } name)
            return null;
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            input.Wrong("mapping/not-an-encoding", $"There is no encoding '{name}'.");
            return null;
        }
    }

    private static StreamReader Reader(ReadOnlyMemory<byte> head, Stream rest, Encoding encoding) =>
        new(new Prefixed(head, rest), encoding, detectEncodingFromByteOrderMarks: false);

    /// <summary>Bytes that were looked at, and then the rest.</summary>
    private sealed class Prefixed(ReadOnlyMemory<byte> head, Stream rest) : ForwardStream
    {
        private ReadOnlyMemory<byte> _head = head;

        public override int Read(Span<byte> buffer)
        {
            if (_head.IsEmpty)
                return rest.Read(buffer);
            var taken = Math.Min(buffer.Length, _head.Length);
            _head.Span[..taken].CopyTo(buffer);
            _head = _head[taken..];
            return taken;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                rest.Dispose();
            base.Dispose(disposing);
        }
    }
}
