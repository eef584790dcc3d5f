using System.Buffers;
using System.Security.Cryptography;
using Ledger.Domain.Evidence;
using Ledger.Domain.Identities;

namespace Ledger.Store.Evidence;

/// <summary>A file that is there.</summary>
/// <param name="Type">What its first bytes look like.</param>
public sealed record EvidenceFile(string Path, string Sha256, long Size, FileType Type);

/// <summary>
/// Files that belong to reports, in a folder beside the database: <c>AGREEMENT/ab/cd/SHA-256</c>. Each agreement has
/// its own, so that nobody reads a file of one by naming its digest in another. A name appears only when all its bytes
/// are on the disk and hash to it.
/// </summary>
public sealed class EvidenceFiles(string folder, long most)
{
    private const string Unfinished = ".unfinished";

    /// <summary>An upload that was at work so long ago is not at work any more, on whichever server it was.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    public string Folder => folder;

    /// <summary>The most bytes a file may have.</summary>
    public long Most => most;

    /// <summary>
    /// What uploads leave free: the database may be on the same disk, and it stops when the disk is full.
    /// </summary>
    public required long Reserve { get; init; }

    /// <param name="agreement">The slug, which is a code.</param>
    /// <param name="sha256">64 lower-case hexadecimal digits.</param>
    public EvidenceFile? Find(AgreementId agreement, string sha256)
    {
        var path = PathOf(agreement, sha256);
        try
        {
            using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read | FileShare.Delete,
                FileType.HeadLength
            );
            Span<byte> head = stackalloc byte[FileType.HeadLength];
            var read = file.ReadAtLeast(head, FileType.HeadLength, throwOnEndOfStream: false);
            return new EvidenceFile(path, sha256, file.Length, FileType.Sniff(head[..read]));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Takes a stream to its end. Whatever goes wrong, nothing of it remains; the same file twice, even at once, is the
    /// same file.
    /// </summary>
    /// <param name="agreement">The slug.</param>
    /// <param name="sha256">What it has to hash to.</param>
    /// <param name="declared">What it is said to be.</param>
    /// <param name="content">From its first byte.</param>
    /// <param name="admitAsync">Asked with the size once all of it has come; what it throws keeps the file out.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="EvidenceRefusedException">It is not what it was announced as.</exception>
    /// <exception cref="StorageFullException">There is no room on the disk.</exception>
    public async Task<EvidenceFile> KeepAsync(
        AgreementId agreement,
        string sha256,
        FileType declared,
        Stream content,
        Func<long, Task> admitAsync,
        CancellationToken cancellationToken
    )
    {
        var path = PathOf(agreement, sha256);
        var unfinished = Path.Combine(folder, Unfinished, $"{Guid.CreateVersion7():N}");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(unfinished)!);
            if (new DriveInfo(folder).AvailableFreeSpace is var free && free < Reserve)
                throw new StorageFullException($"{free} bytes are left on the disk.", null);
            var kept = await WriteAsync(unfinished, sha256, declared, content, cancellationToken) with { Path = path };
            await admitAsync(kept.Size);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(unfinished, path, overwrite: true);
            foreach (var directory in Between(Path.GetDirectoryName(path)!))
                DirectorySync.Flush(directory);
            return kept;
        }
        catch (IOException fault) when (StorageFullException.IsFull(fault))
        {
            throw new StorageFullException("The disk is full.", fault);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Removes what uploads left behind whose server was killed.</summary>
    public void Sweep(DateTimeOffset now)
    {
        var directory = Path.Combine(folder, Unfinished);
        if (!Directory.Exists(directory))
            return;
        foreach (
            var file in Directory
                .EnumerateFiles(directory)
                .Where(file => now.UtcDateTime - File.GetLastWriteTimeUtc(file) > Abandoned)
        )
            File.Delete(file);
    }

    public string PathOf(AgreementId agreement, string sha256) =>
        Path.Combine(folder, EvidenceName.Of(agreement, sha256));

    private async Task<EvidenceFile> WriteAsync(
        string unfinished,
        string sha256,
        FileType declared,
        Stream content,
        CancellationToken cancellationToken
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var creation = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
                Options = FileOptions.Asynchronous,
            };
            if (!OperatingSystem.IsWindows())
                creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using var file = new FileStream(unfinished, creation);
            var (size, type) = (0L, default(FileType));
            while (
                await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)
                    is > 0
                        and var read
            )
            {
                size += read;
                if (size > most)
                    throw new EvidenceRefusedException(
                        EvidenceFault.TooLarge,
                        $"The file has more than {most} bytes, the maximum here."
                    );
                type ??= TypeOf(buffer.AsSpan(0, Math.Min(read, FileType.HeadLength)), declared);
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            if (type is null)
                throw new EvidenceRefusedException(EvidenceFault.Empty, "The body is empty; send the file.");
            if (Convert.ToHexStringLower(hash.GetHashAndReset()) is var found && found != sha256)
                throw new EvidenceRefusedException(
                    EvidenceFault.OtherDigest,
                    $"The {size} bytes that arrived hash to {found}, not to the address. Send the whole file, or send it to its own address."
                );
            file.Flush(flushToDisk: true);
            return new EvidenceFile(unfinished, sha256, size, type);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static FileType TypeOf(ReadOnlySpan<byte> head, FileType declared)
    {
        if (FileType.IsProgram(head))
            throw new EvidenceRefusedException(
                EvidenceFault.Program,
                "The file is a program, and programs are not accepted. If the program itself is evidence, put it into an archive."
            );
        var seen = FileType.Sniff(head);
        return declared.Covers(seen)
            ? seen
            : throw new EvidenceRefusedException(
                EvidenceFault.OtherType,
                $"The file is declared as {declared.MediaType}, but its content looks like {seen.MediaType}. Declare its true type."
            );
    }

    /// <summary>The directory and those above it, up to the folder: any of them may be new.</summary>
    private IEnumerable<string> Between(string directory)
    {
        for (; directory.Length >= folder.TrimEnd('/').Length; directory = Path.GetDirectoryName(directory)!)
            yield return directory;
    }
}

public enum EvidenceFault
{
    TooLarge,
    Empty,
    OtherDigest,
    OtherType,
    Program,
}

/// <summary>A file is not what it was announced as; sending the same again changes nothing.</summary>
public sealed class EvidenceRefusedException(EvidenceFault fault, string message) : Exception(message)
{
    public EvidenceFault Fault => fault;
}

/// <summary>There is no room; later there may be.</summary>
public sealed class StorageFullException(string message, Exception? cause) : Exception(message, cause)
{
    private const int NoSpace = 28;
    private const int OverQuota = 122;

    /// <summary>
    /// Where there is no number from the kernel, .NET says it in the low half of the result, as Windows would.
    /// </summary>
    private const int DiskFullOfWindows = 0x70;

    public static bool IsFull(IOException fault) =>
        fault.HResult is NoSpace or OverQuota || (fault.HResult & 0xFFFF) is DiskFullOfWindows;
}
