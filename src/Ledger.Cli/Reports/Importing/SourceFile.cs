using System.IO.Compression;
using System.Text;
using Ledger.Cli.InputFiles;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// A file of records, told by what it holds and not by its name: CSV, an Excel workbook, JSON or GeoJSON, or one of these
/// behind gzip or alone in a ZIP archive. It can be read from its beginning as often as needed. Other files are named,
/// with the way to one that is read.
/// </summary>
public sealed class SourceFile(string path, string name, Mapping mapping) : IDisposable
{
    private const int Looked = 512;

    /// <summary>Bytes that a compressed file may hold. A file of a few kilobytes can claim to hold a disk.</summary>
    private const long MostUnpacked = 8L << 30;

    private const string AsCsv = "Open it in the spreadsheet program and save it as CSV UTF-8";

    private static readonly (byte[] Begins, string Is)[] Others =
    [
        ([0xD0, 0xCF, 0x11, 0xE0], $"an old Excel workbook (.xls), or one with a password. {AsCsv}"),
        ("PAR1"u8.ToArray(), "a Parquet file. Save it as CSV or JSON lines with the program that wrote it"),
        ("%PDF"u8.ToArray(), "a PDF document. Ask its author for the table, as CSV"),
        ("SQLite format 3"u8.ToArray(), "an SQLite or GeoPackage database. Export its table as CSV or GeoJSON"),
        ("Rar!"u8.ToArray(), "a RAR archive. Unpack it first"),
        ([(byte)'7', (byte)'z', 0xBC, 0xAF], "a 7-Zip archive. Unpack it first"),
        ("BZh"u8.ToArray(), "compressed with bzip2. Unpack it first"),
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'], "compressed with xz. Unpack it first"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with Zstandard. Unpack it first"),
        ([0xFF, 0xD8, 0xFF], "a photo. Ask its author for the table, as CSV"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "a picture. Ask its author for the table, as CSV"),
    ];

    /// <summary>What a ZIP archive is that holds a file of this name.</summary>
    private static readonly (string Holds, string Is)[] Archives =
    [
        ("word/document.xml", "a Word document. Copy its table into a spreadsheet program and save it as CSV UTF-8"),
        ("ppt/presentation.xml", "a presentation. Ask its author for the table, as CSV"),
        ("xl/workbook.bin", $"a binary Excel workbook (.xlsb). {AsCsv}"),
        ("content.xml", $"an OpenDocument spreadsheet or text. {AsCsv}"),
        ("doc.kml", "KML for Google Earth (.kmz). Export it as CSV or GeoJSON"),
    ];

    private FileStream? _file;

    /// <summary>How much of it was read, from 0 to 1.</summary>
    public double Share => _file is { Length: > 0 and var length } ? (double)_file.Position / length : 1;

    public void Dispose() => _file?.Dispose();

    /// <summary>Its records from the first on. One reading ends the one before.</summary>
    public IEnumerable<SourceRow> Rows()
    {
        foreach (var row in Opened())
            yield return row;
    }

    private IEnumerable<SourceRow> Opened()
    {
        _file?.Dispose();
        _file = Open();
        var head = Head(_file);
        if (!head.StartsWith("PK\u0003\u0004"u8))
            return Rows(head, _file);
        try
        {
            return Archived(_file);
        }
        catch (InvalidDataException)
        {
            throw Not($"an Excel workbook or another ZIP archive, and damaged or not complete. {AsCsv}");
        }
    }

    private IEnumerable<SourceRow> Rows(ReadOnlySpan<byte> head, Stream file)
    {
        foreach (var (begins, other) in Others)
        {
            if (head.StartsWith(begins))
                throw Not(other);
        }

        return head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])
            ? Text(new Bounded(new GZipStream(file, CompressionMode.Decompress), MostUnpacked))
            : Text(file);
    }

    private IEnumerable<SourceRow> Text(Stream bytes)
    {
        using var text = SourceText.Open(bytes, mapping.Encoding);
        var rows = text.Peek() switch
        {
            '<' => throw Not("XML such as KML, or a web page. Export it as CSV or GeoJSON"),
            '{' or '[' => JsonRows.Read(text),
            _ => CsvRows.Read(text, mapping.Needed),
        };
        foreach (var row in rows)
            yield return row;
    }

    /// <summary>A workbook is a ZIP archive; another one is read where nothing but one file is in it.</summary>
    private IEnumerable<SourceRow> Archived(FileStream file)
    {
        file.Position = 0;
        var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8);
        foreach (var (holds, other) in Archives)
        {
            if (archive.GetEntry(holds) is not null)
                throw Not(other);
        }

        if (archive.Entries.Sum(entry => entry.Length) > MostUnpacked)
            throw Not($"an archive that holds more than {MostUnpacked >> 30} GB. Unpack it and import its parts");
        if (archive.GetEntry("xl/workbook.xml") is not null)
            return Book(file);
        var held = archive
            .Entries.Where(entry =>
                entry.Name.Length > 0 && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)
            )
            .ToList();
        if (held is not [var only])
            throw Not(
                $"a ZIP archive of {held.Count} files, {Shown(held)}. Unpack it and import the one that holds the records"
            );
        byte[] head;
        using (var begin = only.Open())
            head = Head(begin).ToArray();
        return head.AsSpan().StartsWith("PK\u0003\u0004"u8)
            ? throw Not($"a ZIP archive that holds another one, {only.FullName}. Unpack it and import that")
            : Rows(head, new Bounded(only.Open(), MostUnpacked));
    }

    private IEnumerable<SourceRow> Book(FileStream file)
    {
        using var rows = WorkbookRows.Read(file, mapping).GetEnumerator();
        while (Next())
            yield return rows.Current;

        bool Next()
        {
            try
            {
                return rows.MoveNext();
            }
            catch (Exception e) when (e is not (SourceException or OperationCanceledException))
            {
                // The library tells of what it cannot read by whatever exception it meets.
                throw new SourceException(
                    (rows.Current?.Number ?? 0) + 1,
                    $"The Excel workbook cannot be read: {e.Message.Split('\n')[0].Trim()} {AsCsv}."
                );
            }
        }
    }

    private static string Shown(List<ZipArchiveEntry> held) =>
        string.Join(", ", held.Take(5).Select(entry => entry.FullName)) + (held.Count > 5 ? ", ..." : "");

    private static ReadOnlySpan<byte> Head(Stream file)
    {
        var head = new byte[Looked];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (file.CanSeek)
            file.Position = 0;
        return head.AsSpan(0, read);
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

    /// <summary>Ends with an error what unpacks to more than it may.</summary>
    private sealed class Bounded(Stream packed, long most) : ForwardStream
    {
        private long _read;

        public override int Read(Span<byte> buffer)
        {
            var read = packed.Read(buffer);
            return (_read += read) <= most
                ? read
                : throw new InvalidDataException($"It unpacks to more than {most >> 30} GB.");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                packed.Dispose();
            base.Dispose(disposing);
        }
    }
}
