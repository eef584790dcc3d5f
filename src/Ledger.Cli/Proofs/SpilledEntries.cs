using System.Collections;
using Ledger.Cli.Terminals;
using Ledger.Domain.Entries;
using Ledger.Verdicts.Facts;
using Microsoft.Win32.SafeHandles;
using NodaTime;

namespace Ledger.Cli.Proofs;

/// <summary>
/// Entries of a book that may be larger than memory: their bytes lie in a file that is gone with the process, and are
/// read again when an entry is asked for that is not among those in use. What there are few of stays in memory.
/// </summary>
/// <param name="inUse">So many of the entries that were used last are kept.</param>
public sealed class SpilledEntries(int inUse = SpilledEntries.InUse) : IEntries, IDisposable
{
    private const int InUse = 16_384;

    private readonly FileStream _file = new(
        Path.Combine(Path.GetTempPath(), $"ledger-verify-{Guid.NewGuid():N}"),
        new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 1 << 20,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }
    );

    /// <summary>Where the entry with an index begins; one more than there are entries.</summary>
    private readonly List<long> _offsets = [0];
    private readonly Entry?[] _inUse = new Entry?[inUse];
    private readonly Dictionary<int, Entry> _kept = [];
    private long _flushed;

    public int Count => _offsets.Count - 1;

    public Entry this[int index]
    {
        get
        {
            ref var slot = ref _inUse[index % inUse];
            if (slot?.Position == index + 1)
                return slot;
            return _kept.TryGetValue(index, out var kept) ? kept : slot = Read(index);
        }
    }

    /// <summary>The bytes of the entry that is added next.</summary>
    public void Expect(ReadOnlySpan<byte> bytes) => _file.Write(bytes);

    public void Add(Entry entry)
    {
        if (entry.Event is not (ReportFiled or ReportCorrected or ReportAssessed))
            _kept.Add(Count, entry);
        _inUse[Count % inUse] = entry;
        _offsets.Add(_file.Position);
    }

    public IEnumerator<Entry> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
            yield return this[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => _file.Dispose();

    private Entry Read(int index)
    {
        var (from, to) = (_offsets[index], _offsets[index + 1]);
        if (to > _flushed)
        {
            _file.Flush();
            _flushed = _file.Position;
        }

        var bytes = new byte[to - from];
        for (var read = 0; read < bytes.Length; )
        {
            read += RandomAccess.Read(_file.SafeFileHandle, bytes.AsSpan(read), from + read) is > 0 and var some
                ? some
                : throw CommandException.Refused("The temporary file of entries cannot be read back.");
        }

        var entry = Ledger.Proof.Entries.Entry.Parse(bytes);
        return new Entry(index + 1, Instant.FromDateTimeOffset(entry.Recorded), LogWalk.EventOf(entry));
    }
}
