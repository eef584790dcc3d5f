using System.Buffers.Binary;

namespace Ledger.Cli.Proofs;

/// <summary>
/// Where each entry stands, to find ids that are used twice and references to what does not come before. Beyond a
/// number of entries it lies on the disk, in parts that are checked one after the other at the end, so that memory does
/// not grow with the log; a finding then comes when all is read.
/// </summary>
public sealed class EntryPositions(int mostInMemory = EntryPositions.MostInMemory) : IDisposable
{
    private const int MostInMemory = 200_000;
    private const int Parts = 256;
    private const int RecordLength = 16 + sizeof(long);

    private readonly Dictionary<Guid, long> _memory = [];
    private DirectoryInfo? _folder;
    private BufferedStream[] _parts = [];

    /// <exception cref="TamperedException">The id is used already.</exception>
    public void Add(Guid id, long position)
    {
        if (_folder is not null)
        {
            Write(id, position);
            return;
        }

        if (_memory.TryGetValue(id, out var before))
            throw UsedTwice(id, before, position);
        _memory.Add(id, position);
        if (_memory.Count > mostInMemory)
            Spill();
    }

    /// <param name="id">The entry that is spoken of.</param>
    /// <param name="from">The position of the one that speaks.</param>
    /// <exception cref="TamperedException">There is no such entry before.</exception>
    public void Refer(Guid id, long from)
    {
        if (_folder is not null)
            Write(id, -from);
        else if (!_memory.TryGetValue(id, out var to) || to >= from)
            throw RefersForward(id, from);
    }

    /// <exception cref="TamperedException">What could not be seen on the way.</exception>
    public void End()
    {
        TamperedException? first = null;
        foreach (var part in _parts)
        {
            part.Flush();
            part.Position = 0;
            var found = Check(part);
            if (found is not null && (first is null || found.Finding.Position < first.Finding.Position))
                first = found;
        }

        if (first is not null)
            throw first;
    }

    public void Dispose()
    {
        foreach (var part in _parts)
            part.Dispose();
        _folder?.Delete(recursive: true);
    }

    /// <summary>
    /// Records come in the order in which they were written, so what is spoken of must have come already.
    /// </summary>
    private static TamperedException? Check(Stream part)
    {
        var (seen, record) = (new Dictionary<Guid, long>(), new byte[RecordLength]);
        while (part.ReadAtLeast(record, RecordLength, throwOnEndOfStream: false) == RecordLength)
        {
            var (id, position) = (
                new Guid(record.AsSpan(0, 16)),
                BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(16))
            );
            if (position < 0 && !seen.ContainsKey(id))
                return RefersForward(id, -position);
            if (position > 0 && !seen.TryAdd(id, position))
                return UsedTwice(id, seen[id], position);
        }

        return null;
    }

    private void Spill()
    {
        _folder = Directory.CreateTempSubdirectory("ledger-verify-");
        _parts =
        [
            .. Enumerable
                .Range(0, Parts)
                .Select(part => new BufferedStream(
                    new FileStream(
                        Path.Combine(
                            _folder.FullName,
                            part.ToString(System.Globalization.CultureInfo.InvariantCulture)
                        ),
                        FileMode.CreateNew,
                        FileAccess.ReadWrite,
                        FileShare.None,
                        bufferSize: 0
                    ),
                    8 * 1024
                )),
        ];
        foreach (var (id, position) in _memory)
            Write(id, position);
        _memory.Clear();
        _memory.TrimExcess();
    }

    private void Write(Guid id, long position)
    {
        Span<byte> record = stackalloc byte[RecordLength];
        id.TryWriteBytes(record);
        BinaryPrimitives.WriteInt64LittleEndian(record[16..], position);
        // The last byte of an id is random, the first ones are its time.
        _parts[record[15]].Write(record);
    }

    private static TamperedException UsedTwice(Guid id, long before, long position) =>
        new(position, "entry/id-used-twice", $"the entry id {id} is already used at position {before}.");

    private static TamperedException RefersForward(Guid id, long from) =>
        new(from, "entry/refers-forward", $"it refers to entry {id}, but no earlier entry has that id.");
}
