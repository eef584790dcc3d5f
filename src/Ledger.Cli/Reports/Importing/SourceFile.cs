using System.IO.Compression;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// A file of records, told by what it holds and not by its name: CSV, JSON or GeoJSON, or one of these behind gzip. It can
/// be read from its beginning as often as needed. Other files are named, with the way to one that is read.
/// </summary>
public sealed class SourceFile(string path, string name, Mapping mapping) : IDisposable
{
    private const int Looked = 512;

    private static readonly (byte[] Begins, string Is)[] Others =
    [
        (
            "PK\u0003\u0004"u8.ToArray(),
            "an Excel workbook or another ZIP archive. Open it in the spreadsheet program and save it as CSV UTF-8"
        ),
        (
            [0xD0, 0xCF, 0x11, 0xE0],
            "an old Excel workbook (.xls). Open it in the spreadsheet program and save it as CSV UTF-8"
        ),
        ("PAR1"u8.ToArray(), "a Parquet file. Save it as CSV or JSON lines with the program that wrote it"),
        ("%PDF"u8.ToArray(), "a PDF document. Ask its author for the table, as CSV"),
        ("SQLite format 3"u8.ToArray(), "an SQLite or GeoPackage database. Export its table as CSV or GeoJSON"),
    ];

    private FileStream? _file;

    /// <summary>How much of it was read, from 0 to 1.</summary>
    public double Share => _file is { Length: > 0 and var length } ? (double)_file.Position / length : 1;

    public void Dispose() => _file?.Dispose();

    /// <summary>Its records from the first on. One reading ends the one before.</summary>
    public IEnumerable<SourceRow> Rows()
    {
        using var text = SourceText.Open(Unpacked(), mapping.Encoding);
        var rows = text.Peek() switch
        {
            '<' => throw Not("XML such as KML, or a web page. Export it as CSV or GeoJSON"),
            '{' or '[' => JsonRows.Read(text),
            _ => CsvRows.Read(text, mapping.Needed),
        };
        foreach (var row in rows)
            yield return row;
    }

    private Stream Unpacked()
    {
        _file?.Dispose();
        _file = Open();
        Span<byte> head = stackalloc byte[Looked];
        head = head[.._file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        foreach (var (begins, other) in Others)
        {
            if (head.StartsWith(begins))
                throw Not(other);
        }

        _file.Position = 0;
        return head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])
            ? new GZipStream(_file, CompressionMode.Decompress)
            : _file;
    }

    private CommandException Not(string what) => CommandException.Refused($"{name} is {what}. Nothing was read.");

    private FileStream Open()
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CommandException.Refused($"There is no file {name}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Refused($"{name} cannot be read: {e.Message}");
        }
    }
}
