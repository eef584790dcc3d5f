using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;

namespace Ledger.Verdicts.Facts;

/// <summary>Turns reports into facts (docs/verdicts.md, section 2), incident by incident.</summary>
internal static class Incidents
{
    /// <summary>The facts that some reports and all they are linked with give under a lens.</summary>
    /// <param name="visible">What is known and live.</param>
    /// <param name="filings">Indexes of entries that file reports.</param>
    /// <param name="sources">Reports of other sources do not exist under the lens.</param>
    /// <param name="corroboration">When linked sources corroborate.</param>
    public static IEnumerable<Fact> Of(
        VisibleEntries visible,
        IEnumerable<int> filings,
        SourceFilter? sources,
        Corroboration corroboration
    )
    {
        var seen = new HashSet<int>();
        foreach (var filing in filings)
        {
            if (seen.Contains(filing))
                continue;
            var incident = LinkedWith(visible, filing);
            seen.UnionWith(incident);
            ImmutableArray<ReportState> reports =
            [
                .. incident
                    .Where(visible.IsLive)
                    .Select(index => StateOf(visible, index))
                    .Where(state => state.Level != Level.Refuted && (sources?.Admits(state.Content.Source) ?? true)),
            ];
            if (reports.Length > 0)
                yield return Merge(reports, corroboration);
        }
    }

    /// <summary>A report's content and level, by what is live of all that speaks of it.</summary>
    public static ReportState StateOf(VisibleEntries visible, int filing)
    {
        var (content, assessment) = ReportFacts.Current(
            visible[filing],
            visible
                .About(filing)
                .Where(by => visible[by].Event is ReportCorrected or ReportAssessed && visible.IsLive(by))
                .Select(by => visible[by])
        );
        return new ReportState(
            visible[filing],
            ReportFacts.ContentOf(content),
            content,
            ReportFacts.LevelOf(visible[filing], assessment),
            assessment
        );
    }

    /// <summary>One fact of linked reports that count, in order of their filing.</summary>
    public static Fact Merge(ImmutableArray<ReportState> reports, Corroboration corroboration)
    {
        // That nothing could be established speaks for nothing, and nothing speaks for it.
        var speaking = reports.Where(report => report.Level != Level.Inconclusive).ToList();
        if (corroboration.Suffices(speaking.ConvertAll(report => report.Content.Source)))
            reports =
            [
                .. reports.Select(report =>
                    report.Level == Level.Alleged ? report with { Level = Level.Corroborated } : report
                ),
            ];
        var head = reports[0];
        foreach (var report in reports)
        {
            if (Rank(report.Level) >= Rank(head.Level))
                head = report;
        }

        return new Fact(head, reports);
    }

    private static Level Rank(Level level) => level == Level.Inconclusive ? Level.Alleged : level;

    /// <summary>Indexes of a filing and of all that live links tie to it, in order.</summary>
    public static SortedSet<int> LinkedWith(VisibleEntries visible, int filing) =>
        LinkedWith(
            filing,
            at =>
                visible
                    .About(at)
                    .Where(by => visible[by].Event is ReportsLinked && visible.IsLive(by))
                    .SelectMany(by => ((ReportsLinked)visible[by].Event).Reports)
                    .Select(visible.IndexOf)
                    .Where(index => visible[index].Event is ReportFiled)
        );

    /// <summary>One incident: a filing, and everything that can be reached from it.</summary>
    /// <param name="filing">Index of the filing.</param>
    /// <param name="linked">Filings that a live link names together with one.</param>
    public static SortedSet<int> LinkedWith(int filing, Func<int, IEnumerable<int>> linked)
    {
        var incident = new SortedSet<int> { filing };
        var open = new Stack<int>([filing]);
        while (open.TryPop(out var at))
        {
            foreach (var index in linked(at))
            {
                if (incident.Add(index))
                    open.Push(index);
            }
        }

        return incident;
    }
}
