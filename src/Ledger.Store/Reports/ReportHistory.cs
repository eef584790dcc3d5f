using System.Collections.Immutable;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Verdicts.Facts;

namespace Ledger.Store.Reports;

/// <summary>
/// A report with everything that was recorded about it: corrections, assessments, responses, evidence, links, and the
/// retractions of any of them.
/// </summary>
public sealed class ReportHistory
{
    private readonly ImmutableHashSet<Guid> _dead;

    /// <param name="entries">The filing first, then all that speaks of it, directly or not, in the order of their
    /// positions.</param>
    public ReportHistory(ImmutableArray<Entry> entries)
    {
        Entries = entries;
        _dead =
        [
            .. ReportFacts.Dead(
                entries
                    .Reverse()
                    .Where(entry => entry.Event is EntryRetracted)
                    .Select(entry => (entry.Id, ((EntryRetracted)entry.Event).Target))
            ),
        ];
        var (content, assessment) = ReportFacts.Current(entries[0], entries.Where(IsLive));
        (Current, Report, Level) = (
            content,
            ReportFacts.ContentOf(content),
            ReportFacts.LevelOf(entries[0], assessment)
        );
    }

    public ImmutableArray<Entry> Entries { get; }

    public Entry Filing => Entries[0];

    /// <summary>The entry whose content the report has now.</summary>
    public Entry Current { get; }

    public Report Report { get; }

    public Level Level { get; }

    public bool IsRetracted => !IsLive(Filing);

    /// <summary>Whether an entry counts: it was not retracted, or its retraction was.</summary>
    public bool IsLive(Entry entry) => !_dead.Contains(entry.Id);

    public IEnumerable<T> Live<T>()
        where T : LedgerEvent => Entries.Where(IsLive).Select(e => e.Event).OfType<T>();
}
