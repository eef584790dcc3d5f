using Ledger.Domain.Agreements;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;

namespace Ledger.Verdicts.Facts;

/// <summary>
/// The entries that are known at a position under a lens, and which of them are live (VERDICTS.md, section 1). Supposed entries stand after all others.
/// </summary>
internal sealed class Known
{
    private readonly IReadOnlyList<Entry> recorded;
    private readonly Entry[] supposed;
    private readonly Dictionary<Guid, int> supposedIndex = [];
    private readonly Func<Guid, int> recordedIndex;
    private readonly bool[] known;
    private readonly bool[] dead;

    /// <param name="recorded">The stream; at least the first <paramref name="size"/> entries.</param>
    /// <param name="recordedIndex">Index in the stream of an entry id, or -1.</param>
    /// <param name="size">How many entries are known.</param>
    /// <param name="lens">Its said time, retractions and suppositions apply.</param>
    public Known(IReadOnlyList<Entry> recorded, Func<Guid, int> recordedIndex, int size, Lens lens)
    {
        (this.recorded, this.recordedIndex, Recorded) = (recorded, recordedIndex, size);
        supposed = [.. lens.Suppose.Select((e, i) => new Entry(size + i + 1, NodaTime.Instant.MaxValue, e))];
        for (var i = 0; i < supposed.Length; i++)
            supposedIndex[supposed[i].Id] = size + i;
        known = new bool[Count];
        dead = new bool[Count];
        FindKnown(lens);
        FindDead(lens);
    }

    /// <summary>How many of the entries are recorded, the others being supposed.</summary>
    public int Recorded { get; }

    public int Count => Recorded + supposed.Length;

    public Entry this[int index] => index < Recorded ? recorded[index] : supposed[index - Recorded];

    public bool IsLive(int index) => known[index] && !dead[index];

    public bool IsKnown(int index) => known[index];

    /// <summary>Position in the ledger, or null for a supposed entry.</summary>
    public long? PositionOf(Entry entry) => entry.Position <= Recorded ? entry.Position : null;

    /// <summary>Index of a known entry, or -1.</summary>
    public int IndexOf(Guid id)
    {
        var index = recordedIndex(id);
        if (index < 0 || index >= Recorded)
            index = supposedIndex.GetValueOrDefault(id, -1);
        return index >= 0 && known[index] ? index : -1;
    }

    public IEnumerable<Entry> Live<T>()
        where T : LedgerEvent
    {
        for (var i = 0; i < Count; i++)
        {
            if (IsLive(i) && this[i].Event is T)
                yield return this[i];
        }
    }

    private void FindKnown(Lens lens)
    {
        for (var i = 0; i < Count; i++)
        {
            var entry = this[i];
            var said = lens.SaidBy is not { } by || entry.Event is AgreementAdopted || HeardBy(entry, i, by);
            known[i] = said && RefersToKnown(entry.Event, i);
        }
    }

    // A supposed entry is supposed to have been said whenever the question needs it, unless it states when.
    private bool HeardBy(Entry entry, int index, NodaTime.Instant by) =>
        index >= Recorded ? !(entry.Event.SaidAt > by) : entry.SaidAt <= by;

    private bool RefersToKnown(LedgerEvent @event, int index)
    {
        foreach (var id in EntryDecider.References(@event))
        {
            var target = IndexOf(id);
            if (target < 0 || target >= index)
                return false;
        }

        return true;
    }

    /// <summary>From the newest retraction to the oldest: one that is not itself dead makes its target dead.</summary>
    private void FindDead(Lens lens)
    {
        foreach (var id in lens.Without)
            Kill(id);
        for (var i = Count - 1; i >= 0; i--)
        {
            if (IsLive(i) && this[i].Event is EntryRetracted retraction)
                Kill(retraction.Target);
        }
    }

    private void Kill(Guid id)
    {
        // Without the adoption there would be nothing to ask about.
        if (IndexOf(id) is >= 0 and var target && this[target].Event is not AgreementAdopted)
            dead[target] = true;
    }
}
