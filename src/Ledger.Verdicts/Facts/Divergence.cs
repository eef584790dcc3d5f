using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Verdicts.Matching;

namespace Ledger.Verdicts.Facts;

/// <summary>
/// Where the facts under a lens differ from those of the house: the incidents that what is left out, supposed, unsaid or of other sources touches, and the facts
/// that they give instead.
/// </summary>
internal sealed class Divergence
{
    private readonly Known known;
    private readonly ulong[] changed;
    private readonly SortedSet<int> filings = [];
    private readonly Names names = new();

    private Divergence(Known known) => (this.known, changed) = (known, new ulong[(known.Count >> 6) + 1]);

    /// <summary>Has a bit for each filing whose incident is not that of the house.</summary>
    public ulong[] Changed => changed;

    /// <summary>What the touched incidents give under the lens, in order of their filings.</summary>
    public ImmutableArray<Fact> Facts { get; private set; } = [];

    public bool Changes(int filing) => (changed[filing >> 6] >> (filing & 63) & 1) != 0;

    /// <summary>Null when the lens changes no fact.</summary>
    public static Divergence? Of(Known known, EntryStream stream, FactLog log, Lens lens)
    {
        if (known.IsHouse && lens.Sources is null)
            return null;
        var divergence = new Divergence(known);
        foreach (var id in lens.Without)
            divergence.Touch(known.IndexOf(id));
        for (var index = known.Recorded; index < known.Count; index++)
            divergence.Touch(index);
        if (lens.SaidBy is { } by)
            divergence.TouchUnsaid(stream, Ticks.Of(by));
        var rest = lens.Sources is { } sources ? divergence.Filtered(log, sources).ToList() : [];
        divergence.Facts = [.. Incidents.Of(known, divergence.filings, lens.Sources, log.CorroboratedBy), .. rest];
        return divergence;
    }

    /// <summary>Rows of the facts that possibly match, with numbers for their subjects that agree with the stream's.</summary>
    public RowSource RowsFor(Pattern pattern, string? quantity, Matcher matcher, Names subjects)
    {
        var facts = new List<(Fact Fact, Certainty Match)>();
        foreach (var fact in Facts)
        {
            if (matcher.Match(pattern, fact.Content) is var match and not Certainty.No)
                facts.Add((fact, match));
        }

        facts.Sort((a, b) => (a.Fact.Start, a.Fact.Head.Filing.Position).CompareTo((b.Fact.Start, b.Fact.Head.Filing.Position)));
        var columns = new Columns();
        for (var i = 0; i < facts.Count; i++)
        {
            var (fact, match) = facts[i];
            var row = FactTable.RowOf(fact.Content, fact.Level, match, quantity, subjects, -1, FactLog.Open, i, (int)fact.Head.Filing.Position - 1);
            // A subject that only a supposed report names has no number yet.
            columns.Add(fact.Content.Subject is { } subject && row.Subject < 0 ? row with { Subject = subjects.Count + names.Add(subject) } : row);
        }

        return new RowSource(columns, i => facts[i].Fact, number => number < subjects.Count ? subjects[number] : names[number - subjects.Count]);
    }

    /// <summary>Marks the incident of every report that an entry can change, by whatever it speaks of.</summary>
    private void Touch(int index)
    {
        var open = new Stack<int>();
        if (index >= 0)
            open.Push(index);
        while (open.TryPop(out var at))
        {
            if (known[at].Event is ReportFiled)
                TouchIncident(at);
            else
                EntryDecider.References(known[at].Event).Select(known.Locate).Where(target => target >= 0 && target < at).ToList().ForEach(open.Push);
        }
    }

    /// <summary>Everything that any link ever joined, so that no fact of the house that shares a report with it remains.</summary>
    private void TouchIncident(int filing)
    {
        var open = new Stack<int>([filing]);
        while (open.TryPop(out var at))
        {
            if (!Mark(at))
                continue;
            foreach (var by in known.About(at))
            {
                if (known[by].Event is not ReportsLinked link)
                    continue;
                foreach (var linked in link.Reports.Select(known.Locate).Where(index => index >= 0 && known[index].Event is ReportFiled))
                    open.Push(linked);
            }
        }
    }

    private bool Mark(int filing)
    {
        Leave(filing);
        return filings.Add(filing);
    }

    /// <summary>The report is left out, and nothing takes its place.</summary>
    private void Leave(int filing) => changed[filing >> 6] |= 1UL << (filing & 63);

    private void TouchUnsaid(EntryStream stream, long by)
    {
        var said = stream.Said;
        var alone = stream.Alone;
        for (var index = 0; index < known.Recorded; index++)
        {
            if (said[index] <= by)
                continue;
            if (alone[index])
                Leave(index);
            // Where all it speaks of is unsaid too, leaving that out is enough.
            else if (known[index].Event is ReportFiled || EntryDecider.References(known[index].Event).Any(id => stream.IndexOf(id) is var target && (target < 0 || stream.Said[target] <= by)))
                Touch(index);
        }
    }

    private IEnumerable<Fact> Filtered(FactLog log, SourceFilter sources)
    {
        var admitted = log.Sources.Select(sources.Admits).ToArray();
        for (var version = 0; version < log.Count; version++)
        {
            var v = log[version];
            if (!v.IsCurrent(known.Recorded))
                continue;
            // What is touched for another reason is made anew with the filter anyway.
            if (Changes(v.Head) || (v.Linked.IsDefault ? admitted[v.Source] : v.Linked.All(member => sources.Admits(FactLog.ReportIn(known[member.Content]).Source))))
                continue;
            Leave(v.Head);
            if (!v.Linked.IsDefault && log.FactOf(v, sources) is { } rest)
                yield return rest;
        }
    }
}
