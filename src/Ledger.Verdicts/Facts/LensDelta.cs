using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Verdicts.Matching;

namespace Ledger.Verdicts.Facts;

/// <summary>
/// Where the facts under a lens differ from those of the house at some position: the incidents that what is left out,
/// supposed, unsaid or of other sources touches, and the facts that they give instead. Cost is proportional to the number
/// of those incidents, not to the size of the ledger.
/// </summary>
internal sealed class LensDelta
{
    private readonly VisibleEntries _visible;
    private readonly FactLog _log;
    private readonly SourceFilter? _sources;
    private readonly ulong[] _changed;
    private readonly SortedSet<int> _filings = [];
    private readonly List<int> _mixed = [];
    private readonly Names _names = new();
    private readonly ImmutableArray<Fact> _remade;
    private readonly Lazy<ImmutableArray<Fact>> _facts;

    private LensDelta(VisibleEntries visible, EntryStream stream, FactLog log, Lens lens)
    {
        (_visible, _log, _sources, _changed, Size) = (
            visible,
            log,
            lens.Sources,
            new ulong[(visible.Count >> 6) + 1],
            visible.Recorded
        );
        if (lens.SaidBy is { } by)
            Size = TouchUnsaid(stream, Ticks.Of(by));
        foreach (var id in lens.Without)
            Touch(visible.IndexOf(id));
        for (var index = visible.Recorded; index < visible.Count; index++)
            Touch(index);
        if (_sources is not null)
        {
            Admitted = [.. log.Sources.Select(_sources.Admits)];
            Filter();
        }

        _remade = [.. Incidents.Of(visible, _filings, _sources, log.Corroboration)];
        _facts = new(() => [.. _remade, .. _mixed.Select(version => log.FactOf(log[version], _sources!)!)]);
    }

    /// <summary>How many entries the house knew when its facts were those from which these differ.</summary>
    public int Size { get; }

    /// <summary>Has a bit for each filing whose incident is not that of the house.</summary>
    public ulong[] Changed => _changed;

    /// <summary>
    /// Whether a report that stands alone counts, by the number of its kind of source; null where all do.
    /// </summary>
    public bool[]? Admitted { get; }

    /// <summary>
    /// What the touched incidents give under the lens. Those that only a filter of sources touches are made when
    /// somebody asks.
    /// </summary>
    public ImmutableArray<Fact> Facts => _facts.Value;

    /// <summary>Whether a version of a fact is not as the house has it.</summary>
    public bool Changes(in FactVersion version) =>
        Has(version.Head) || (Admitted is not null && version.Linked.IsDefault && !Admitted[version.Source]);

    /// <summary>Null when the lens changes no fact.</summary>
    public static LensDelta? Of(VisibleEntries visible, EntryStream stream, FactLog log, Lens lens) =>
        visible.IsHouse && lens.Sources is null ? null : new LensDelta(visible, stream, log, lens);

    /// <summary>
    /// Rows of the facts that possibly match, with numbers for their subjects that agree with the stream's.
    /// </summary>
    public RowSource RowsFor(Pattern pattern, string? quantity, Matcher matcher, Names subjects)
    {
        var found = new List<(Fact Fact, Certainty Match)>();
        var kinds = pattern.Kinds.Select(_log.Kinds.Find).ToArray();
        foreach (
            var fact in _remade.Concat(
                _mixed
                    .Where(version => Concerns(kinds, _log[version]))
                    .Select(version => _log.FactOf(_log[version], _sources!)!)
            )
        )
        {
            if (matcher.Match(pattern, fact.Content) is var match and not Certainty.No)
                found.Add((fact, match));
        }

        found.Sort(
            (a, b) => (a.Fact.Start, a.Fact.Head.Filing.Position).CompareTo((b.Fact.Start, b.Fact.Head.Filing.Position))
        );
        var columns = new Columns();
        for (var i = 0; i < found.Count; i++)
        {
            var (fact, match) = found[i];
            var row = FactTable.RowOf(
                fact.Content,
                fact.Level,
                match,
                quantity,
                subjects,
                -1,
                FactLog.Open,
                i,
                (int)fact.Head.Filing.Position - 1,
                -1
            );
            // A subject that only a supposed report names has no number yet.
            columns.Add(
                fact.Content.Subject is { } subject && row.Subject < 0
                    ? row with
                    {
                        Subject = subjects.Count + _names.Add(subject),
                    }
                    : row
            );
        }

        return new RowSource(
            columns,
            i => found[i].Fact,
            number => number < subjects.Count ? subjects[number] : _names[number - subjects.Count]
        );
    }

    private bool Concerns(int[] kinds, in FactVersion version)
    {
        if (kinds.Length == 0)
            return true;
        foreach (var member in version.Linked)
        {
            if (Admitted![member.Source] && Array.IndexOf(kinds, member.Kind) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>Marks the incident of every report that an entry can change, by whatever it speaks of.</summary>
    private void Touch(int index)
    {
        var open = new Stack<int>();
        if (index >= 0)
            open.Push(index);
        while (open.TryPop(out var at))
        {
            if (_visible[at].Event is ReportFiled)
                TouchIncident(at);
            else
                EntryDecider
                    .References(_visible[at].Event)
                    .Select(_visible.Locate)
                    .Where(target => target >= 0 && target < at)
                    .ToList()
                    .ForEach(open.Push);
        }
    }

    /// <summary>
    /// Everything that any link ever joined, so that no fact of the house that shares a report with it remains.
    /// </summary>
    private void TouchIncident(int filing)
    {
        var open = new Stack<int>([filing]);
        while (open.TryPop(out var at))
        {
            Leave(at);
            if (!_filings.Add(at))
                continue;
            foreach (var by in _visible.About(at))
            {
                if (_visible[by].Event is not ReportsLinked link)
                    continue;
                foreach (
                    var linked in link
                        .Reports.Select(_visible.Locate)
                        .Where(index => index >= 0 && _visible[index].Event is ReportFiled)
                )
                    open.Push(linked);
            }
        }
    }

    /// <summary>The report is left out, and nothing takes its place.</summary>
    private void Leave(int filing) => _changed[filing >> 6] |= 1UL << (filing & 63);

    private bool Has(int filing) => (_changed[filing >> 6] >> (filing & 63) & 1) != 0;

    /// <summary>
    /// Most is recorded in the order in which it was said. What had been said by then is so nearly what was recorded by
    /// some position, from which it differs by what was recorded before without having been said, and after although it
    /// had been. Returns that position.
    /// </summary>
    private int TouchUnsaid(EntryStream stream, long by)
    {
        var said = stream.Said[.._visible.Recorded];
        var size = 0;
        foreach (var at in said)
            size += at <= by ? 1 : 0;
        // The agreement is known whenever it was said to be adopted; before its adoption nothing is.
        size = Math.Min(Math.Max(size, 1), said.Length);
        var alone = stream.Alone;
        for (var index = 0; index < size; index++)
        {
            if (said[index] <= by)
                continue;
            if (alone[index])
                Leave(index);
            // Where all it speaks of is unsaid too, leaving that out is enough.
            else if (
                _visible[index].Event is ReportFiled
                || EntryDecider
                    .References(_visible[index].Event)
                    .Any(id => stream.IndexOf(id) is var target && (target < 0 || stream.Said[target] <= by))
            )
                Touch(index);
        }

        for (var index = size; index < said.Length; index++)
        {
            if (said[index] <= by)
                Touch(index);
        }

        return size;
    }

    /// <summary>
    /// Leaves incidents of several reports out of which some are of other sources; those that keep some reports are
    /// noted.
    /// </summary>
    private void Filter()
    {
        foreach (var version in _log.Linked)
        {
            var v = _log[version];
            if (!v.IsCurrent(Size) || Has(v.Head))
                continue;
            var (some, all) = (false, true);
            foreach (var member in v.Linked)
                (some, all) = (some || Admitted![member.Source], all && Admitted![member.Source]);
            if (all)
                continue;
            Leave(v.Head);
            if (some)
                _mixed.Add(version);
        }
    }
}
