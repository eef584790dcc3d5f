using System.Text.Json;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Proof;
using Ledger.Proof.Json;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;
using Ledger.Proof.Trees;
using Ledger.Proof.Witnesses;
using Ledger.Verdicts;
using NodaTime;

namespace Ledger.Cli.Proofs;

/// <summary>What the tree must have been at a size, according to a checkpoint that somebody holds.</summary>
/// <param name="Whose">Names the checkpoint in a sentence.</param>
/// <param name="Times">When the witnesses of a policy cosigned it; null where they did not.</param>
public sealed record ExpectedRoot(long Size, Hash Root, string Whose, QuorumTimes? Times = null)
{
    public static ExpectedRoot Kept(SignedCheckpoint signed) => Of(signed, "that you kept");

    public static ExpectedRoot Witnessed(SignedCheckpoint signed, QuorumTimes? times = null) =>
        Of(signed, "that the witnesses cosigned", times);

    public static ExpectedRoot Signed(SignedCheckpoint signed, QuorumTimes? times = null) =>
        Of(signed, "that the server signed", times);

    private static ExpectedRoot Of(SignedCheckpoint signed, string whose, QuorumTimes? times = null) =>
        new(
            signed.Checkpoint.Size,
            signed.Checkpoint.Root,
            $"the checkpoint of {signed.Checkpoint.Size} entries {whose}",
            times
        );
}

/// <summary>An entry that was read, with what must be known of it to check the rest.</summary>
public sealed record WalkedEntry(long Position, Hash Leaf, Ledger.Proof.Entries.Entry Entry, LedgerEvent Event);

/// <summary>
/// Walks a log from its first entry to its last, once: reads every entry strictly, grows the tree over them, and holds
/// the tree against every checkpoint on the way. It keeps the right edge of the tree, and the ids of entries on the
/// disk where they are many; with <paramref name="judges"/> also the book, from which verdicts follow.
/// </summary>
public sealed class LogWalk(
    string agreement,
    IAsyncEnumerator<ExpectedRoot> expected,
    Func<Tile, Task> compareTile,
    bool judges,
    Instant now
) : IDisposable
{
    private readonly EntryPositions _positions = new();
    private readonly List<Hash> _leaves = new(TileId.FullWidth);
    private readonly Dictionary<int, Tile> _partial = [];
    private TreeEdge _edge = TreeEdge.Empty;
    private ExpectedRoot? _next;
    private readonly SpilledEntries? _entries = judges ? new SpilledEntries() : null;
    private bool _begun;
    private bool _changesKey;
    private long _confirmed;
    private Book? _book;

    /// <summary>Null where nothing is judged.</summary>
    public Book? Book => _book ??= _entries is null ? null : new Book(entries: _entries);

    public long Size => _edge.Size + _leaves.Count;

    /// <summary>When entries say that they were recorded, and what witnesses say of it.</summary>
    public RecordedTimes Times { get; } = new(now);

    /// <summary>When the last entry says that it was recorded.</summary>
    public Instant RecordedAt { get; private set; }

    /// <summary>The last position that changed the text of the agreement.</summary>
    public long TextPosition { get; private set; }

    /// <summary>
    /// Reads the next entry. Whoever has something else to hold against it does so before <see cref="GrowAsync"/>, and
    /// names it more exactly.
    /// </summary>
    public WalkedEntry Take(ReadOnlyMemory<byte> bytes)
    {
        var walked = Read(Size + 1, bytes.Span);
        _leaves.Add(walked.Leaf);
        _changesKey = walked.Event is KeyRotated;
        return walked;
    }

    /// <summary>Of all entries that the tree has grown over.</summary>
    public Hash Root => _edge.Root;

    /// <summary>
    /// Grows the tree over what was read, where a tile is full, a checkpoint is to be met, or the key changes.
    /// </summary>
    public async Task GrowAsync()
    {
        await NextAsync();
        if (Size % TileId.FullWidth == 0 || Size == _next?.Size || _changesKey)
            await AppendAsync();
    }

    /// <returns>The root of the whole.</returns>
    public async Task<Hash> EndAsync()
    {
        await AppendAsync();
        _positions.End();
        Times.End();
        foreach (var id in TreeEdge.TilesOf(Size))
        {
            if (_partial.TryGetValue(id.Level, out var tile) && tile.Id == id)
                await compareTile(tile);
        }

        return _edge.Root;
    }

    public void Dispose()
    {
        _positions.Dispose();
        _entries?.Dispose();
    }

    private async Task NextAsync()
    {
        while (!_begun || _next?.Size < Size)
        {
            _begun = true;
            _next = await expected.MoveNextAsync() ? expected.Current : null;
            if (_next is null)
                return;
        }
    }

    private async Task AppendAsync()
    {
        var growth = _edge.Append(_leaves);
        _edge = growth.Edge;
        _leaves.Clear();
        foreach (var tile in growth.Changed.Where(tile => tile.Id.IsFull))
            await compareTile(tile);
        foreach (var tile in growth.Changed.Where(tile => !tile.Id.IsFull))
            _partial[tile.Id.Level] = tile;

        while (_next?.Size == Size)
        {
            if (_next.Root != _edge.Root)
                throw new TamperedException(
                    new Finding(
                        _confirmed + 1,
                        "log/other-history",
                        $"these entries do not match {_next.Whose}: "
                            + "at least one was changed, deleted, inserted or moved. "
                            + $"The tree of the first {Size} entries has the root {_edge.Root.ToBase64()}, but "
                            + $"the checkpoint says {_next.Root.ToBase64()}.",
                        Size
                    )
                );
            _confirmed = Size;
            if (_next.Times is { } times)
                Times.Witnessed.Add(Size, times);
            _next = await expected.MoveNextAsync() ? expected.Current : null;
        }
    }

    private WalkedEntry Read(long position, ReadOnlySpan<byte> bytes)
    {
        Ledger.Proof.Entries.Entry entry;
        try
        {
            entry = Ledger.Proof.Entries.Entry.Parse(bytes);
        }
        catch (Exception wrong) when (wrong is MalformedException or CanonicalJsonException)
        {
            throw new TamperedException(position, "entry/malformed", $"the entry cannot be read: {wrong.Message}");
        }

        if (entry.Position != position)
            throw new TamperedException(
                position,
                "entry/out-of-place",
                $"the entry here says that it is at position {entry.Position}."
            );
        if (entry.Agreement != agreement)
            throw new TamperedException(
                position,
                "entry/other-agreement",
                $"the entry here belongs to '{entry.Agreement}'."
            );
        _positions.Add(entry.Id, position);
        var recordedAt = Instant.FromDateTimeOffset(entry.Recorded);
        var said = EventOf(entry);
        Times.Take(position, recordedAt, said);
        RecordedAt = recordedAt;
        if (said is AgreementAdopted or AgreementRevised)
            TextPosition = position;
        if (said.EntryId != entry.Id)
            throw new TamperedException(
                position,
                "entry/other-id",
                $"the entry has the id {entry.Id}, but its data says {said.EntryId}."
            );
        if (position == 1 != said is AgreementAdopted)
            throw new TamperedException(
                position,
                "entry/adoption",
                position == 1
                    ? $"a ledger begins with the adoption of an agreement, not with {entry.Type}."
                    : "the agreement is adopted a second time."
            );
        foreach (var reference in EntryDecider.References(said))
            _positions.Refer(reference, position);
        Judge(new Entry(position, recordedAt, said), bytes);
        return new WalkedEntry(position, MerkleHash.Leaf(bytes), entry, said);
    }

    /// <summary>What an entry says.</summary>
    /// <exception cref="TamperedException">Nothing that this version can read.</exception>
    public static LedgerEvent EventOf(Ledger.Proof.Entries.Entry entry)
    {
        try
        {
            if (
                EventTypes.ByName.TryGetValue(entry.Type, out var type)
                && entry.Data.Deserialize(type, LedgerJson.Options) is LedgerEvent said
            )
                return said;
        }
        catch (Exception wrong)
            when (wrong is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new TamperedException(
                entry.Position,
                "entry/unreadable",
                $"the data of the entry cannot be read: {wrong.Message}"
            );
        }

        throw new TamperedException(entry.Position, "entry/unknown-type", $"'{entry.Type}' is not a type of entry.");
    }

    private void Judge(Entry entry, ReadOnlySpan<byte> bytes)
    {
        if (Book is not { } book)
            return;
        try
        {
            _entries!.Expect(bytes);
            book.Append(entry);
        }
        catch (InvalidDataException wrong)
        {
            throw new TamperedException(entry.Position, "entry/never-accepted", wrong.Message);
        }

        // What is asked at the end is asked once now, so that its facts are taken in while entries pass, and not read
        // again from the disk.
        if (entry.Event is AgreementAdopted or AgreementRevised)
            VerdictCheck.Of(book, entry.RecordedAt);
    }
}
