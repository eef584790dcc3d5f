using System.Collections.Frozen;
using Ledger.Domain.Agreements;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;

namespace Ledger.Verdicts.Facts;

/// <summary>
/// The entries that are known at a position under a lens, and which of them are live (docs/verdicts.md, section 1). Supposed
/// entries stand after all others. Each is looked up on demand, so that the cost of a question is
/// proportional to the entries it concerns.
/// </summary>
internal sealed class VisibleEntries
{
    private readonly EntryStream _stream;
    private readonly Lens _lens;
    private readonly Entry[] _supposed;
    private readonly Dictionary<Guid, int> _supposedIndex = [];
    private readonly Dictionary<int, List<int>> _supposedAbout = [];
    private readonly FrozenSet<Guid> _without;

    /// <param name="stream">The recorded entries.</param>
    /// <param name="size">How many of them are known.</param>
    /// <param name="lens">Its said time, retractions and suppositions apply.</param>
    public VisibleEntries(EntryStream stream, int size, Lens lens)
    {
        (_stream, _lens, Recorded, _without) = (stream, lens, size, lens.Without.ToFrozenSet());
        _supposed = [.. lens.Suppose.Select((e, i) => new Entry(size + i + 1, NodaTime.Instant.MaxValue, e))];
        for (var i = 0; i < _supposed.Length; i++)
        {
            _supposedIndex[_supposed[i].Id] = size + i;
            foreach (
                var target in EntryDecider.References(_supposed[i].Event).Select(Locate).Where(target => target >= 0)
            )
                (_supposedAbout.TryGetValue(target, out var list) ? list : _supposedAbout[target] = []).Add(size + i);
        }
    }

    /// <summary>How many of the entries are recorded, the others being supposed.</summary>
    public int Recorded { get; }

    public int Count => Recorded + _supposed.Length;

    public Entry this[int index] => index < Recorded ? _stream[index] : _supposed[index - Recorded];

    public IReadOnlyList<Entry> Supposed => _supposed;

    /// <summary>Whether everything recorded is known and live as the ledger has it.</summary>
    public bool IsHouse => _lens.SaidBy is null && _without.Count == 0 && _supposed.Length == 0;

    public bool IsKnown(int index)
    {
        if (_lens.SaidBy is null && index < Recorded)
            return _stream.Holds(index);
        // What it speaks of stands before it, so that the walk ends.
        var open = new Stack<int>([index]);
        while (open.TryPop(out var at))
        {
            if (!IsSaid(at) || !RefersBack(at))
                return false;
            foreach (var id in EntryDecider.References(this[at].Event))
                open.Push(Locate(id));
        }

        return true;
    }

    public bool IsLive(int index) => IsKnown(index) && !IsDead(index);

    /// <summary>Position in the ledger, or null for a supposed entry.</summary>
    public long? PositionOf(Entry entry) => entry.Position <= Recorded ? entry.Position : null;

    /// <summary>Index of a known entry, or -1.</summary>
    public int IndexOf(Guid id) => Locate(id) is >= 0 and var index && IsKnown(index) ? index : -1;

    /// <summary>Indexes of the entries, known or not, that speak of one, in order.</summary>
    public IEnumerable<int> About(int index)
    {
        foreach (var by in index < Recorded ? _stream.About(index) : [])
        {
            if (by < Recorded)
                yield return by;
        }

        foreach (var by in _supposedAbout.TryGetValue(index, out var list) ? list : [])
            yield return by;
    }

    /// <summary>The live entries of a type, or of any type derived from it, in order.</summary>
    public IEnumerable<Entry> Live<T>()
        where T : LedgerEvent
    {
        var recorded = EventTypes
            .ByName.Values.Where(type => type.IsAssignableTo(typeof(T)))
            .SelectMany(_stream.OfType)
            .Where(index => index < Recorded)
            .Order();
        var hypothetical = Enumerable.Range(Recorded, _supposed.Length).Where(index => this[index].Event is T);
        return recorded.Concat(hypothetical).Where(IsLive).Select(index => this[index]);
    }

    /// <summary>Index of an entry at this position or before, known or not, or -1.</summary>
    public int Locate(Guid id)
    {
        var index = _stream.IndexOf(id);
        return index >= 0 && index < Recorded ? index : _supposedIndex.GetValueOrDefault(id, -1);
    }

    private bool IsSaid(int index)
    {
        var entry = this[index];
        if (_lens.SaidBy is not { } by || entry.Event is AgreementAdopted)
            return true;
        // A supposed entry is supposed to have been said whenever the question needs it, unless it states when.
        return index >= Recorded ? !(entry.Event.SaidAt > by) : entry.SaidAt <= by;
    }

    private bool RefersBack(int index)
    {
        if (index < Recorded)
            return _stream.Holds(index);
        foreach (var id in EntryDecider.References(this[index].Event))
        {
            if (
                Locate(id) is var target
                && (target < 0 || target >= index || (target < Recorded && !_stream.Holds(target)))
            )
                return false;
        }

        return true;
    }

    /// <summary>
    /// From the newest retraction to the oldest, of those that reach the entry: one that is not itself dead makes its
    /// target dead.
    /// </summary>
    private bool IsDead(int index)
    {
        // Without the adoption there would be nothing to ask about.
        if (this[index].Event is AgreementAdopted)
            return false;
        if (IsLeftOut(index))
            return true;
        var reaching = Retractions(index);
        if (reaching.Count == 0)
            return false;
        return ReportFacts
            .Dead(
                reaching
                    .Where(retraction => !IsLeftOut(retraction) && IsKnown(retraction))
                    .Select(retraction => (retraction, Locate(((EntryRetracted)this[retraction].Event).Target)))
            )
            .Contains(index);
    }

    private bool IsLeftOut(int index) => _without.Count > 0 && _without.Contains(this[index].Id);

    /// <summary>Retractions of an entry, of those retractions, and so on; the newest first.</summary>
    private SortedSet<int> Retractions(int index)
    {
        var found = new SortedSet<int>(Comparer<int>.Create((a, b) => b.CompareTo(a)));
        var open = new Stack<int>([index]);
        while (open.TryPop(out var at))
        {
            foreach (var by in About(at))
            {
                if (this[by].Event is EntryRetracted && found.Add(by))
                    open.Push(by);
            }
        }

        return found;
    }
}
