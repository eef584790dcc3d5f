using System.Collections.Immutable;
using System.Text;

namespace Ledger.Domain.Evidence;

/// <summary>A type of file that is taken as evidence, and how its first bytes look.</summary>
/// <param name="MediaType">As it is declared and served.</param>
/// <param name="Extension">With its dot.</param>
/// <param name="Marks">Any of these; empty for types that have no mark of their own.</param>
public sealed record FileType(string MediaType, string Extension, ImmutableArray<FileMark> Marks)
{
    /// <summary>What is neither text nor anything known.</summary>
    public const string Unknown = "application/octet-stream";

    /// <summary>Bytes from the start of a file that are enough to tell its type.</summary>
    public const int HeadLength = 4096;

    /// <summary>
    /// In the order in which they are tried: a mark that another type's mark begins with comes later.
    /// </summary>
    public static readonly ImmutableArray<FileType> All =
    [
        Of("image/jpeg", ".jpg", FileMark.At(0, "FFD8FF")),
        Of("image/png", ".png", FileMark.At(0, "89504E470D0A1A0A")),
        Of("image/gif", ".gif", FileMark.At(0, "GIF87a"u8), FileMark.At(0, "GIF89a"u8)),
        Of("image/webp", ".webp", FileMark.At(0, "RIFF"u8).And(8, "WEBP"u8)),
        Of("image/tiff", ".tif", FileMark.At(0, "49492A00"), FileMark.At(0, "4D4D002A")),
        Of("image/avif", ".avif", FileMark.Brands("avif", "avis")),
        Of("image/heic", ".heic", FileMark.Brands("heic", "heix", "heim", "heis", "hevc")),
        Of("image/heif", ".heif", FileMark.Brands("mif1", "msf1")),
        Of("audio/mp4", ".m4a", FileMark.Brands("M4A ", "M4B ")),
        Of("video/quicktime", ".mov", FileMark.Brands("qt  ")),
        Of("video/3gpp", ".3gp", FileMark.Brands("3gp4", "3gp5", "3gp6", "3g2a", "3ge6", "3gg6")),
        Of(
            "video/mp4",
            ".mp4",
            FileMark.Brands("isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "MSNV", "dash")
        ),
        Of("video/webm", ".webm", FileMark.At(0, "1A45DFA3").Within(64, "webm"u8)),
        Of("video/x-matroska", ".mkv", FileMark.At(0, "1A45DFA3")),
        Of("video/x-msvideo", ".avi", FileMark.At(0, "RIFF"u8).And(8, "AVI "u8)),
        Of("audio/wav", ".wav", FileMark.At(0, "RIFF"u8).And(8, "WAVE"u8)),
        Of("audio/ogg", ".ogg", FileMark.At(0, "OggS"u8)),
        Of("audio/flac", ".flac", FileMark.At(0, "fLaC"u8)),
        Of("audio/amr", ".amr", FileMark.At(0, "#!AMR"u8)),
        Of(
            "audio/mpeg",
            ".mp3",
            FileMark.At(0, "ID3"u8),
            FileMark.At(0, "FFFB"),
            FileMark.At(0, "FFF3"),
            FileMark.At(0, "FFF2")
        ),
        Of("application/pdf", ".pdf", FileMark.At(0, "%PDF-"u8)),
        Of(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ".docx",
            FileMark.At(0, "504B0304").Within(HeadLength, "word/"u8)
        ),
        Of(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".xlsx",
            FileMark.At(0, "504B0304").Within(HeadLength, "xl/"u8)
        ),
        Of("application/zip", ".zip", FileMark.At(0, "504B0304"), FileMark.At(0, "504B0506")),
        Of("application/gzip", ".gz", FileMark.At(0, "1F8B08")),
        Of("application/x-7z-compressed", ".7z", FileMark.At(0, "377ABCAF271C")),
        Of("text/plain", ".txt"),
        Of("text/csv", ".csv"),
        Of("application/json", ".json"),
        Of("application/geo+json", ".geojson"),
        Of(Unknown, ".bin"),
    ];

    /// <summary>
    /// Programs. They are not taken under any name; who must keep one as evidence puts it into an archive.
    /// </summary>
    private static readonly ImmutableArray<FileMark> Programs =
    [
        FileMark.At(0, "MZ"u8),
        FileMark.At(0, "7F454C46"),
        FileMark.At(0, "CAFEBABE"),
        FileMark.At(0, "FEEDFACE"),
        FileMark.At(0, "FEEDFACF"),
        FileMark.At(0, "CEFAEDFE"),
        FileMark.At(0, "CFFAEDFE"),
        FileMark.At(0, "#!/"u8),
        FileMark.At(0, "#! /"u8),
        FileMark.At(0, "4C0000000114020000000000C000000000000046"),
    ];

    /// <summary>An archive is a legitimate way to declare what is an archive inside.</summary>
    private static readonly ImmutableArray<string> Archives = ["application/zip"];

    public static FileType? Find(string mediaType) =>
        All.FirstOrDefault(type => string.Equals(type.MediaType, mediaType, StringComparison.OrdinalIgnoreCase));

    public static bool IsProgram(ReadOnlySpan<byte> head)
    {
        foreach (var mark in Programs)
        {
            if (mark.IsIn(head))
                return true;
        }

        return false;
    }

    /// <summary>What the first bytes look like: a type with a mark of its own, else text, else unknown.</summary>
    public static FileType Sniff(ReadOnlySpan<byte> head)
    {
        foreach (var type in All)
        {
            foreach (var mark in type.Marks)
            {
                if (mark.IsIn(head))
                    return type;
            }
        }

        return IsText(head) ? Find("text/plain")! : Find(Unknown)!;
    }

    /// <summary>Whether a file that looks like <paramref name="seen"/> may be called this.</summary>
    public bool Covers(FileType seen) =>
        seen == this
        // Text has no marks: any of its types may be declared.
        || (seen.MediaType == "text/plain" && Marks.IsEmpty)
        || (seen.Extension is ".docx" or ".xlsx" && Archives.Contains(MediaType))
        // Brands of one container family are set loosely by cameras.
        || (seen.Extension is ".mp4" or ".mov" or ".3gp" or ".m4a" && Extension is ".mp4" or ".mov" or ".3gp" or ".m4a")
        || (seen.Extension is ".heic" or ".heif" && Extension is ".heic" or ".heif")
        || (seen.Extension is ".mkv" or ".webm" && Extension is ".mkv" or ".webm");

    private static FileType Of(string mediaType, string extension, params ImmutableArray<FileMark> marks) =>
        new(mediaType, extension, marks);

    private static bool IsText(ReadOnlySpan<byte> head)
    {
        foreach (var b in head)
        {
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0C))
                return false;
        }

        // The head may end within a character, which is of no more than four bytes.
        for (var cut = 0; cut < 4 && cut <= head.Length; cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(head[..^cut]))
                return true;
        }

        return false;
    }
}

/// <summary>Bytes that a file of some type has at its start.</summary>
public sealed record FileMark
{
    private const int BrandOffset = 8;

    private ImmutableArray<(int From, int Until, ImmutableArray<byte> Bytes)> Parts { get; init; } = [];

    private ImmutableArray<string> Families { get; init; } = [];

    public static FileMark At(int offset, string hexadecimal) => At(offset, Convert.FromHexString(hexadecimal));

    public static FileMark At(int offset, ReadOnlySpan<byte> bytes) => new FileMark().And(offset, bytes);

    /// <summary>Of the container family of ISO/IEC 14496-12, by the brand that the file names first.</summary>
    public static FileMark Brands(params ImmutableArray<string> brands) => At(4, "ftyp"u8) with { Families = brands };

    public FileMark And(int offset, ReadOnlySpan<byte> bytes) =>
        this with
        {
            Parts = Parts.Add((offset, offset + bytes.Length, [.. bytes])),
        };

    public FileMark Within(int length, ReadOnlySpan<byte> bytes) =>
        this with
        {
            Parts = Parts.Add((0, length, [.. bytes])),
        };

    public bool IsIn(ReadOnlySpan<byte> head)
    {
        foreach (var (from, until, bytes) in Parts)
        {
            if (from >= head.Length || head[from..Math.Min(until, head.Length)].IndexOf(bytes.AsSpan()) < 0)
                return false;
        }

        return Families.IsEmpty
            || (
                head.Length >= BrandOffset + 4
                && Families.Contains(Encoding.Latin1.GetString(head.Slice(BrandOffset, 4)))
            );
    }
}
