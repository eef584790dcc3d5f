using System.Text;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// Text of a file in the encoding that its first bytes tell: UTF-8, with a byte order mark or without, and UTF-16 with
/// one, as Excel writes it. Other encodings are refused, because letters that were guessed wrong would stand in the
/// record for ever.
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

    public static StreamReader Open(Stream file)
    {
        var head = new byte[4];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        foreach (var (mark, encoding) in Marked)
        {
            if (!head.AsSpan(0, read).StartsWith(mark))
                continue;
            file.Position = mark.Length;
            return new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: false);
        }

        file.Position = 0;
        return new StreamReader(file, Marked[0].Encoding, detectEncodingFromByteOrderMarks: false);
    }
}
