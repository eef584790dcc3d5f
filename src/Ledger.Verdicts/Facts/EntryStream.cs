using System.Runtime.InteropServices;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;

namespace Ledger.Verdicts.Facts;

/// <summary>
/// The recorded entries, by position, by id, by type and by what they speak of. An index is a position less one.
/// </summary>
internal sealed class EntryStream(IEntries entries)
{
    private static readonly int[] Nothing = [];

    private readonly Dictionary<Guid, int> _indexes = [];
    private readonly List<long> _said = [];
    private readonly List<bool> _alone = [];
    private readonly HashSet<int> _loose = [];
    private readonly Dictionary<int, List<int>> _about = [];
    private readonly Dictionary<Type, List<int>> _byType = [];
    private readonly Dictionary<int, int> _liveRetractions = [];
    private readonly Dictionary<int, int[]> _flips = [];

    public IReadOnlyList<Entry> Entries => entries;

    public int Count => entries.Count;

    public Entry this[int index] => entries[index];

    /// <summary>Subjects of reports as numbers, in order of appearance.</summary>
    public Names Subjects { get; } = new();

    /// <summary>When an entry was said, in ticks.</summary>
    public ReadOnlySpan<long> Said => CollectionsMarshal.AsSpan(_said);

    /// <summary>
    /// Whether an entry files a report that no link speaks of, so that without it nothing else changes.
    /// </summary>
    public ReadOnlySpan<bool> Alone => CollectionsMarshal.AsSpan(_alone);

    public int IndexOf(Guid id) => _indexes.GetValueOrDefault(id, -1);

    /// <summary>Whether all that it speaks of was recorded before it, and so holds itself.</summary>
    public bool Holds(int index) => !_loose.Contains(index);

    /// <summary>Indexes of the entries that speak of an entry, in order.</summary>
    public IReadOnlyList<int> About(int index) => _about.TryGetValue(index, out var found) ? found : Nothing;

    /// <summary>
    /// Indexes of the entries of a type, in order; of reports, corrections and assessments there are too many to list.
    /// </summary>
    public IReadOnlyList<int> OfType(Type type) => _byType.TryGetValue(type, out var found) ? found : Nothing;

    /// <summary>
    /// The entries whose being live changed when an entry was appended: itself, and for a retraction its target, its
    /// target's target when that is a retraction, and so on.
    /// </summary>
    public ReadOnlySpan<int> FlippedBy(int index) =>
        _flips.TryGetValue(index, out var flipped) ? flipped
        : Holds(index) ? new[] { index }
        : [];

    public void Append(Entry entry)
    {
        var index = entries.Count;
        entries.Add(entry);
        _indexes.Add(entry.Id, index);
        _said.Add(Ticks.Of(entry.SaidAt));
        _alone.Add(entry.Event is ReportFiled);
        if (entry.Event is not (ReportFiled or ReportCorrected or ReportAssessed or EntryRetracted))
            Listed(_byType, entry.Event.GetType()).Add(index);

        var targets = EntryDecider.References(entry.Event);
        foreach (var id in targets)
        {
            if (IndexOf(id) is >= 0 and var target && target < index && Holds(target))
            {
                Listed(_about, target).Add(index);
                _alone[target] &= entry.Event is not ReportsLinked;
            }
            else
            {
                _loose.Add(index);
            }
        }

        switch (entry.Event)
        {
            case EntryRetracted when Holds(index):
                _flips[index] = Cascade(index);
                break;
            case ReportFiled filed:
                Intern(filed.Report);
                break;
            case ReportCorrected correction:
                Intern(correction.Report);
                break;
        }
    }

    private void Intern(Report report)
    {
        if (report.Subject is not null)
            Subjects.Add(report.Subject);
    }

    private int[] Cascade(int index)
    {
        var flipped = new List<int> { index };
        var live = true;
        for (var at = index; entries[at].Event is EntryRetracted retraction; )
        {
            at = IndexOf(retraction.Target);
            if (entries[at].Event is AgreementAdopted)
                break;
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_liveRetractions, at, out _);
            count += live ? 1 : -1;
            // Only the first live retraction kills, and only the end of the last one revives.
            if (count != (live ? 1 : 0))
                break;
            flipped.Add(at);
            live = !live;
        }

        return [.. flipped];
    }

    private static List<int> Listed<TKey>(Dictionary<TKey, List<int>> lists, TKey key)
        where TKey : notnull
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(lists, key, out _);
        return list ??= [];
    }
}

/// <summary>Texts as numbers.</summary>
internal sealed class Names
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public int Count => _names.Count;

    public string this[int number] => _names[number];

    /// <summary>The number of a name, or -1.</summary>
    public int Find(string name) => _numbers.GetValueOrDefault(name, -1);

    public int Add(string name)
    {
        if (_numbers.TryGetValue(name, out var number))
            return number;
        _names.Add(name);
        return _numbers[name] = _names.Count - 1;
    }
}
