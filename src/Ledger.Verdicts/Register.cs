using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts;

/// <summary>
/// Reports and entries as they stand at a position, for whoever wants to see them rather than a verdict.
/// </summary>
public static class Register
{
    /// <summary>Every report that is known, also those that are retracted or refuted, in order of filing.</summary>
    public static IReadOnlyList<ReportStanding> Reports(Book book, long knownAt)
    {
        var visible = book.Visible(knownAt, Lens.House);
        var standings = new Dictionary<Guid, ReportStanding>();
        var incidents = new Dictionary<Guid, SortedSet<long>>();
        for (var i = 0; i < visible.Count; i++)
        {
            var entry = visible[i];
            if (entry.Event is ReportFiled filed)
            {
                standings[entry.Id] = new ReportStanding(
                    entry,
                    filed.Report,
                    entry,
                    filed.Report.Level ?? Level.Alleged,
                    visible.IsLive(i),
                    []
                );
                incidents[entry.Id] = [entry.Position];
            }
            else if (visible.IsLive(i))
            {
                Apply(entry, standings, incidents);
            }
        }

        return
        [
            .. standings.Values.Select(standing =>
                standing with
                {
                    LinkedWith =
                    [
                        .. incidents[standing.Filing.Id]
                            .Where(position => position != standing.Filing.Position)
                            .Select(position => book.Entries[(int)position - 1].Id),
                    ],
                }
            ),
        ];
    }

    /// <summary>Whether each of the first <paramref name="knownAt"/> entries is live, by its index.</summary>
    public static ImmutableArray<bool> Live(Book book, long knownAt)
    {
        var visible = book.Visible(knownAt, Lens.House);
        return [.. Enumerable.Range(0, visible.Count).Select(visible.IsLive)];
    }

    private static void Apply(
        Entry entry,
        Dictionary<Guid, ReportStanding> standings,
        Dictionary<Guid, SortedSet<long>> incidents
    )
    {
        switch (entry.Event)
        {
            case ReportCorrected correction:
                standings[correction.Target] = standings[correction.Target] with
                {
                    Content = correction.Report,
                    ContentFrom = entry,
                };
                break;
            case ReportAssessed assessment:
                standings[assessment.Target] = standings[assessment.Target] with { Level = assessment.Level };
                break;
            case ReportsLinked link when link.Reports.All(standings.ContainsKey):
                var all = new SortedSet<long>(link.Reports.SelectMany(report => incidents[report]));
                foreach (var report in standings.Values.Where(standing => all.Contains(standing.Filing.Position)))
                    incidents[report.Filing.Id] = all;
                break;
        }
    }
}
