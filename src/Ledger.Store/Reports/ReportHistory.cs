using System.Collections.Immutable;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;

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
        var dead = new HashSet<Guid>();
        // From the newest retraction to the oldest: one that is not itself dead makes its target dead.
        foreach (var entry in entries.Reverse())
        {
            if (entry.Event is EntryRetracted retraction && !dead.Contains(entry.Id))
                dead.Add(retraction.Target);
        }

        _dead = [.. dead];
    }

    public ImmutableArray<Entry> Entries { get; }

    public Entry Filing => Entries[0];

    /// <summary>The entry whose content the report has now: the latest live correction, else the filing.</summary>
    public Entry Current => Entries.LastOrDefault(e => e.Event is ReportCorrected && IsLive(e)) ?? Filing;

    public Report Report =>
        Current.Event switch
        {
            ReportCorrected corrected => corrected.Report,
            ReportFiled filed => filed.Report,
            var other => throw new System.Diagnostics.UnreachableException(
                $"{Current.Id} is {EventTypes.NameOf(other)}, not a report."
            ),
        };

    /// <summary>The latest live assessment's, else the one stated at filing, else alleged.</summary>
    public Level Level =>
        Live<ReportAssessed>().LastOrDefault()?.Level ?? ((ReportFiled)Filing.Event).Report.Level ?? Level.Alleged;

    public bool IsRetracted => !IsLive(Filing);

    /// <summary>Whether an entry counts: it was not retracted, or its retraction was.</summary>
    public bool IsLive(Entry entry) => !_dead.Contains(entry.Id);

    public IEnumerable<T> Live<T>()
        where T : LedgerEvent => Entries.Where(IsLive).Select(e => e.Event).OfType<T>();
}
