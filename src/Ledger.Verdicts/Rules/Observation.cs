using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Verdicts.Answers;

namespace Ledger.Verdicts.Rules;

/// <summary>What makes an answer unknown whatever the facts say.</summary>
internal static class Observation
{
    /// <summary>Holding, in binding time, counts only where somebody was watching.</summary>
    public static List<Step> Unobserved(List<Step> steps, Force force, List<TickSpan> watched)
    {
        var cuts = steps
            .Select(step => step.At)
            .Concat(force.Binding.SelectMany(span => (long[])[span.From, span.Until]))
            .Concat(watched.SelectMany(span => (long[])[span.From, span.Until]))
            // From the end of force on it is as it was at its last instant.
            .Where(at => at < force.Until)
            .Distinct()
            .Order();
        var result = new StepList(Ticks.Never);
        var (next, watch) = (0, 0);
        foreach (var at in cuts)
        {
            while (next < steps.Count && steps[next].At <= at)
                next++;
            while (watch < watched.Count && watched[watch].Until <= at)
                watch++;
            var step = steps[next - 1];
            var seen = watch < watched.Count && watched[watch].Contains(at);
            var unseen = step.Verdict == Verdict.Holding && force.Binds(at) && !seen;
            if (unseen)
                result.Add(at, Verdict.Unknown, Reason.NotObserved);
            else
                result.Add(at, step.Verdict, step.Reason, step.DecidedBy);
        }

        return result.Steps;
    }

    /// <summary>
    /// When every zone the provision speaks of was watched; where it names none, when the whole area of the agreement
    /// was.
    /// </summary>
    public static List<TickSpan> Watched(Provision provision, IEnumerable<Entry> coverage)
    {
        var zones = ZonesOf(provision);
        var records = coverage.Select(entry => (CoverageRecorded)entry.Event).ToList();
        if (zones.Count == 0)
            return Union(records.Where(record => record.Zones.IsEmpty));
        return zones
            .Select(z => Union(records.Where(record => record.Zones.IsEmpty || record.Zones.Contains(z))))
            .Aggregate(Intersect);
    }

    /// <summary>The zones its patterns name, else the one it requires.</summary>
    public static List<string> ZonesOf(Provision provision)
    {
        var zones = provision.Patterns.SelectMany(pattern => pattern.Zones).Distinct(StringComparer.Ordinal).ToList();
        return zones.Count == 0 && provision.RequiresZone is { } zone ? [zone] : zones;
    }

    private static List<TickSpan> Union(IEnumerable<CoverageRecorded> records)
    {
        var union = new List<TickSpan>();
        foreach (
            var span in records
                .Select(record => new TickSpan(Ticks.Of(record.From), Ticks.Of(record.Until)))
                .OrderBy(span => span.From)
        )
        {
            if (union.Count > 0 && span.From <= union[^1].Until)
                union[^1] = union[^1] with { Until = Math.Max(union[^1].Until, span.Until) };
            else
                union.Add(span);
        }

        return union;
    }

    private static List<TickSpan> Intersect(List<TickSpan> one, List<TickSpan> other) =>
        [
            .. from a in one
            from b in other
            let common = a.Cut(b)
            where !common.IsEmpty
            orderby common.From
            select common,
        ];
}
