using System.Security.Cryptography;
using Ledger.Proof.Sealing;
using Ledger.Proof.Texts;
using Ledger.Store.Keys;
using Microsoft.Win32.SafeHandles;

namespace Ledger.Store.Sealing;

/// <summary>Where a person's key lies: a file of the folder, and how far into it.</summary>
public readonly record struct KeyPlace(Guid Segment, long Offset);

/// <summary>
/// The keys of persons, in files beside the master key and never in the database: a backup of the database opens
/// nothing, and a key that is overwritten here is gone, whatever backups of the database there are. docs/formats.md has
/// the layout, docs/guarantees.md what a backup of this folder means.
/// </summary>
/// <remarks>
/// A segment is appended to by the one process that made it, and read and overwritten by all. A key that no row of the
/// database names belongs to a transaction that never committed.
/// </remarks>
public sealed class PersonKeys : IDisposable
{
    private const long FullSegment = 1 << 20;

    private readonly byte[] _master;
    private readonly string _folder;
    private readonly Lock _appending = new();
    private (Guid Id, SafeFileHandle File, long End)? _open;

    private PersonKeys(byte[] master, string folder) => (_master, _folder) = (master, folder);

    /// <summary>
    /// Opens the folder, or makes master key and folder at the first start. Several servers on one database share both.
    /// </summary>
    /// <param name="masterFile">32 random bytes in base64, readable by its owner alone; the folder is named after it,
    /// with <c>.persons</c> behind.</param>
    /// <exception cref="KeyException">It cannot be used; the message says why and what to do.</exception>
    public static PersonKeys Open(string masterFile)
    {
        try
        {
            var folder = $"{masterFile}.persons";
            if (!File.Exists(masterFile))
            {
                if (Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any())
                    throw new KeyException(
                        $"The master key {masterFile} is missing, but {folder} contains keys that only it can open. Restore it from your copy."
                    );
                KeyFile.Make(masterFile, RandomNumberGenerator.GetBytes(PersonKey.Length));
            }

            if ((File.GetUnixFileMode(masterFile) & ~KeyFile.OwnerOnly) != UnixFileMode.None)
                throw new KeyException($"{masterFile} can be read by others: chmod 600 {masterFile}");
            if (
                StrictBase64.Decode(File.ReadAllText(masterFile).TrimEnd('\n'))
                is not { Length: PersonKey.Length } master
            )
                throw new KeyException(
                    $"{masterFile} does not contain a key of {PersonKey.Length} bytes in base64. Restore it from your copy."
                );
            Directory.CreateDirectory(folder, KeyFile.OwnerOnly | UnixFileMode.UserExecute);
            var keys = new PersonKeys(master, folder);
            keys.Check(masterFile);
            return keys;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new KeyException(
                $"The keys of persons beside {masterFile} cannot be read or created: {wrong.Message}",
                wrong
            );
        }
    }

    /// <summary>
    /// Keeps keys, at places in the same order. They are on the disk after <see cref="Flush"/> and must not be used for
    /// a commit before.
    /// </summary>
    public IReadOnlyList<KeyPlace> Add(IReadOnlyList<(Guid Handle, byte[] Key)> keys)
    {
        lock (_appending)
        {
            if (_open is not { } open || open.End > FullSegment)
            {
                _open?.File.Dispose();
                open = Begin();
            }

            byte[] records =
            [
                .. keys.SelectMany(key =>
                    PersonKey.Wrap(
                        _master,
                        RandomNumberGenerator.GetBytes(SealedBytes.NonceLength),
                        key.Handle,
                        key.Key
                    )
                ),
            ];
            RandomAccess.Write(open.File, records, open.End);
            _open = open with { End = open.End + records.Length };
            return [.. keys.Select((_, i) => new KeyPlace(open.Id, open.End + (i * PersonKey.RecordLength)))];
        }
    }

    public void Flush()
    {
        lock (_appending)
        {
            if (_open is { } open)
                RandomAccess.FlushToDisk(open.File);
        }
    }

    /// <summary>The key of a handle; null when it was destroyed, or the file is gone.</summary>
    public byte[]? Find(Guid handle, KeyPlace place)
    {
        if (!File.Exists(FileOf(place.Segment)))
            return null;
        var record = new byte[PersonKey.RecordLength];
        using var file = File.OpenHandle(FileOf(place.Segment), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return RandomAccess.Read(file, record, place.Offset) == record.Length
            ? PersonKey.Unwrap(_master, handle, record)
            : null;
    }

    /// <summary>Overwrites the key and waits for the disk. Doing it again does nothing.</summary>
    public void Destroy(Guid handle, KeyPlace place)
    {
        if (Find(handle, place) is null)
            return;
        using var file = File.OpenHandle(
            FileOf(place.Segment),
            FileMode.Open,
            FileAccess.ReadWrite,
            FileShare.ReadWrite
        );
        RandomAccess.Write(file, new byte[PersonKey.RecordLength], place.Offset);
        RandomAccess.FlushToDisk(file);
    }

    public void Dispose()
    {
        _open?.File.Dispose();
        CryptographicOperations.ZeroMemory(_master);
    }

    private (Guid Id, SafeFileHandle File, long End) Begin()
    {
        var id = Guid.NewGuid();
        using (
            new FileStream(
                FileOf(id),
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = KeyFile.OwnerOnly,
                }
            )
        )
        {
            // Made with its mode, which a handle cannot say.
        }

        return (id, File.OpenHandle(FileOf(id), FileMode.Open, FileAccess.Write, FileShare.ReadWrite), 0);
    }

    /// <summary>A wrong master key is told at the start, and not by values that seem to be erased.</summary>
    private void Check(string masterFile)
    {
        var record = new byte[PersonKey.RecordLength];
        foreach (var path in Directory.EnumerateFiles(_folder, "*.keys"))
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (RandomAccess.Read(file, record, 0) != record.Length || record.AsSpan().IndexOfAnyExcept((byte)0) < 0)
                continue;
            if (PersonKey.Unwrap(_master, PersonKey.HandleIn(record), record) is null)
                throw new KeyException(
                    $"{masterFile} is not the master key of {_folder}. Restore the key that created it."
                );
            return;
        }
    }

    private string FileOf(Guid segment) => Path.Combine(_folder, $"{segment:D}.keys");
}
