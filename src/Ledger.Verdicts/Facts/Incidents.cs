using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;

namespace Ledger.Verdicts.Facts;

/// <summary>Turns known entries into facts (VERDICTS.md, section 1).</summary>
internal static class Incidents
{
    /// <param name="known">What is known and live.</param>
    /// <param name="sources">Reports of other sources do not exist under the lens.</param>
    /// <param name="corroboratedBy">So many independent linked sources corroborate; null when they do not.</param>
    public static List<Fact> Of(Known known, SourceFilter? sources, int? corroboratedBy)
    {
        var states = new Dictionary<int, ReportState>();
        var groups = new Dictionary<int, int>();
        for (var i = 0; i < known.Count; i++)
        {
            if (known.IsLive(i))
                Apply(known, i, states, groups);
        }

        return
        [
            .. states
                .Where(state => known.IsLive(state.Key) && state.Value.Level != Level.Refuted && (sources?.Admits(state.Value.Content.Source) ?? true))
                .OrderBy(state => state.Key)
                .GroupBy(state => Find(groups, state.Key), state => state.Value)
                .Select(group => Merge([.. group], corroboratedBy)),
        ];
    }

    /// <summary>One fact of linked reports that count, in order of their filing.</summary>
    public static Fact Merge(ImmutableArray<ReportState> reports, int? corroboratedBy)
    {
        if (reports.Length > 1 && corroboratedBy is { } enough && IndependentSources(reports) >= enough)
            reports = [.. reports.Select(report => report.Level < Level.Corroborated ? report with { Level = Level.Corroborated } : report)];
        var head = reports[0];
        foreach (var report in reports)
        {
            if (Rank(report.Level) >= Rank(head.Level))
                head = report;
        }

        return new Fact(head, reports);
    }

    private static Level Rank(Level level) => level == Level.Inconclusive ? Level.Alleged : level;

    private static void Apply(Known known, int index, Dictionary<int, ReportState> states, Dictionary<int, int> groups)
    {
        var entry = known[index];
        switch (entry.Event)
        {
            case ReportFiled filed:
                states[index] = new ReportState(entry, filed.Report, entry, filed.Report.Level ?? Level.Alleged, null);
                break;
            case ReportCorrected correction when states.TryGetValue(known.IndexOf(correction.Target), out var state):
                states[known.IndexOf(correction.Target)] = state with { Content = correction.Report, ContentFrom = entry };
                break;
            case ReportAssessed assessment when states.TryGetValue(known.IndexOf(assessment.Target), out var state):
                states[known.IndexOf(assessment.Target)] = state with { Level = assessment.Level, Assessment = entry };
                break;
            case ReportsLinked link:
                foreach (var report in link.Reports)
                    groups[Find(groups, known.IndexOf(report))] = Find(groups, known.IndexOf(link.Reports[0]));
                break;
        }
    }

    private static int Find(Dictionary<int, int> groups, int index)
    {
        while (groups.TryGetValue(index, out var parent) && parent != index)
            index = parent;
        return index;
    }

    /// <summary>
    /// Sources that speak for one party, or bear one name, are one source. Nameless sources of one class may be one person, so they are one source too.
    /// </summary>
    public static int IndependentSources(ImmutableArray<ReportState> reports)
    {
        var sources = reports.Select(report => report.Content.Source).ToList();
        var count = 0;
        while (sources.Count > 0)
        {
            count++;
            var same = new List<Source> { sources[0] };
            sources.RemoveAt(0);
            for (var i = 0; i < same.Count; i++)
            {
                var one = same[i];
                same.AddRange(sources.Where(other => AreOne(one, other)));
                sources.RemoveAll(other => AreOne(one, other));
            }
        }

        return count;
    }

    private static bool AreOne(Source one, Source other) =>
        (one.Party is not null && one.Party == other.Party)
        || (one.Name is not null && string.Equals(one.Name.Trim(), other.Name?.Trim(), StringComparison.OrdinalIgnoreCase))
        || (one is { Party: null, Name: null } && other is { Party: null, Name: null } && one.Class == other.Class);
}
