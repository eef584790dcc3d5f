using Ledger.Domain.Entries;
using Ledger.Domain.Reports;

namespace Ledger.Verdicts.Facts;

/// <summary>
/// What the entries about a report make of it: which of them are live, whose content it has, and its level. Whoever
/// needs to know asks here, whether for verdicts, lists or tables.
/// </summary>
public static class ReportFacts
{
    /// <summary>The entries that retractions make dead: one that is not itself dead makes its target dead.</summary>
    /// <param name="newestFirst">Retractions that count, each with its target; a retraction follows what it retracts.</param>
    public static HashSet<T> Dead<T>(IEnumerable<(T Retraction, T Target)> newestFirst)
    {
        var dead = new HashSet<T>();
        foreach (var (retraction, target) in newestFirst)
        {
            if (!dead.Contains(retraction))
                dead.Add(target);
        }

        return dead;
    }

    /// <summary>The entry that gives the content, and the one that gives the level where an assessment does.</summary>
    /// <param name="filing">The entry that filed the report.</param>
    /// <param name="live">Live entries that speak of it, in order of position.</param>
    public static (Entry Content, Entry? Assessment) Current(Entry filing, IEnumerable<Entry> live)
    {
        var (content, assessment) = (filing, (Entry?)null);
        foreach (var entry in live)
        {
            if (entry.Event is ReportCorrected)
                content = entry;
            else if (entry.Event is ReportAssessed)
                assessment = entry;
        }

        return (content, assessment);
    }

    /// <summary>The content that a filing or a correction gives.</summary>
    public static Report ContentOf(Entry entry) =>
        entry.Event switch
        {
            ReportFiled filed => filed.Report,
            ReportCorrected corrected => corrected.Report,
            _ => throw new System.Diagnostics.UnreachableException(
                $"Entry {entry.Id} is a {entry.Type} and holds no report."
            ),
        };

    /// <summary>The assessment's level, else the level at filing, else alleged.</summary>
    public static Level LevelOf(Entry filing, Entry? assessment) =>
        assessment?.Event is ReportAssessed assessed
            ? assessed.Level
            : ((ReportFiled)filing.Event).Report.Level ?? Level.Alleged;
}
