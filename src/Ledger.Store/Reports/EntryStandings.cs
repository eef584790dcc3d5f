using System.Collections.Immutable;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;

namespace Ledger.Store.Reports;

/// <summary>An entry as far as retractions go.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">Its type's name.</param>
/// <param name="Position">In the log.</param>
/// <param name="Targets">What it speaks of.</param>
/// <param name="Report">The report whose content or level it gives, if any.</param>
/// <param name="Retractions">How many retractions of it stand; it stands while there are none.</param>
internal sealed record EntryStanding(
    Guid Id,
    string Type,
    long Position,
    ImmutableArray<Guid> Targets,
    Guid? Report,
    int Retractions
)
{
    public static readonly string Filing = EventTypes.NameOf(typeof(ReportFiled));
    public static readonly string Correction = EventTypes.NameOf(typeof(ReportCorrected));
    public static readonly string Assessment = EventTypes.NameOf(typeof(ReportAssessed));
    public static readonly string Retraction = EventTypes.NameOf(typeof(EntryRetracted));

    public static EntryStanding Of(Entry entry) =>
        new(
            entry.Id,
            entry.Type,
            entry.Position,
            EntryDecider.References(entry.Event),
            entry.Event switch
            {
                ReportFiled => entry.Id,
                ReportCorrected corrected => corrected.Target,
                ReportAssessed assessed => assessed.Target,
                _ => null,
            },
            0
        );

    public bool Stands => Retractions == 0;
}

/// <summary>
/// What stands after new entries. A retraction makes one thing fall, which may make another stand again, and so on for
/// no longer than retractions may follow one another; what else was said before does not matter.
/// </summary>
internal sealed class EntryStandings
{
    private readonly Dictionary<Guid, EntryStanding> _before;
    private readonly Dictionary<Guid, EntryStanding> _now;
    private readonly HashSet<Guid> _added;
    private readonly HashSet<Guid> _counted = [];

    /// <param name="retracted">Everything recorded that the entries retract, and what that speaks of, up to the
    /// reports.</param>
    /// <param name="referred">What else recorded they refer to.</param>
    /// <param name="entries">The new ones, in the order of their positions.</param>
    public EntryStandings(
        IEnumerable<EntryStanding> retracted,
        IEnumerable<Entry> referred,
        IReadOnlyCollection<Entry> entries
    )
    {
        _before = retracted
            .Concat(referred.Select(EntryStanding.Of))
            .DistinctBy(entry => entry.Id)
            .ToDictionary(e => e.Id);
        _now = new(_before);
        _added = [.. entries.Select(entry => entry.Id)];
        foreach (var entry in entries.Select(EntryStanding.Of))
        {
            _now.Add(entry.Id, entry);
            if (entry.Type == EntryStanding.Retraction)
                Fall(entry.Targets[0]);
        }
    }

    public bool Stands(Entry entry) => _now[entry.Id].Stands;

    public bool Stands(Guid report) => _now[report].Stands;

    /// <summary>What is to be kept: what says how a report stands, and whatever retractions reached.</summary>
    public IEnumerable<EntryStanding> Changed =>
        _now.Values.Where(entry =>
            _counted.Contains(entry.Id)
            || _added.Contains(entry.Id)
                && (entry.Type == EntryStanding.Correction || entry.Type == EntryStanding.Assessment)
        );

    /// <summary>The reports whose content, level or filing fell or stood up again.</summary>
    public IEnumerable<Guid> Settled => _counted.Select(id => _now[id].Report).OfType<Guid>().Distinct();

    /// <summary>How many more of the corrections that were recorded earlier stand now.</summary>
    public int CorrectionsRisen(Guid report) =>
        _counted
            .Where(id =>
                _before.ContainsKey(id) && _now[id].Type == EntryStanding.Correction && _now[id].Report == report
            )
            .Sum(id => (_now[id].Stands ? 1 : 0) - (_before[id].Stands ? 1 : 0));

    /// <summary>The reports that an entry speaks of. What is not at hand is one, since nothing but reports is spoken of
    /// by what is.</summary>
    public IEnumerable<Guid> ReportsOf(Guid id)
    {
        var (found, next) = (new HashSet<Guid>(), new Stack<Guid>([id]));
        while (next.TryPop(out var at))
        {
            if (!found.Add(at))
                continue;
            if (!_now.TryGetValue(at, out var entry) || entry.Type == EntryStanding.Filing)
                yield return at;
            else
                foreach (var target in entry.Targets)
                    next.Push(target);
        }
    }

    private void Fall(Guid id)
    {
        var entry = Count(id, 1);
        if (entry.Retractions == 1 && entry.Type == EntryStanding.Retraction)
            Rise(entry.Targets[0]);
    }

    private void Rise(Guid id)
    {
        var entry = Count(id, -1);
        if (entry.Stands && entry.Type == EntryStanding.Retraction)
            Fall(entry.Targets[0]);
    }

    private EntryStanding Count(Guid id, int change)
    {
        _counted.Add(id);
        return _now[id] = _now[id] with { Retractions = _now[id].Retractions + change };
    }
}
