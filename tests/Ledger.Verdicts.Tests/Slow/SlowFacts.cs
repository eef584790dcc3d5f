using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using NodaTime;

namespace Ledger.Verdicts.Tests.Slow;

/// <summary>A fact as docs/verdicts.md, section 2, makes it from entries.</summary>
public sealed record SlowFact(Report Content, Level Level, long HeadPosition, IReadOnlyList<Guid> Reports)
{
    public Instant Start => Content.Occurred.From;

    public Instant End => Content.Occurred.Until;
}

/// <summary>
/// docs/verdicts.md, sections 1 and 2, sentence by sentence, in the most obvious way. Shares nothing with the engine but the
/// types of the domain.
/// </summary>
public sealed class SlowFacts
{
    private readonly List<Entry> all;
    private readonly Lens lens;
    private readonly int recorded;

    public SlowFacts(IReadOnlyList<Entry> stream, long knownAt, Lens lens)
    {
        this.lens = lens;
        all = [.. stream.Where(e => e.Position <= knownAt)];
        recorded = all.Count;
        foreach (var supposed in lens.Suppose)
            all.Add(new Entry(all.Count + 1, Instant.MaxValue, supposed));
    }

    public IEnumerable<Entry> Live<T>() => all.Where(e => e.Event is T && IsLive(e));

    public bool IsLive(Entry entry) => IsKnown(entry) && !IsDead(entry);

    /// <summary>
    /// "Only entries at positions up to K and, if the lens has saidBy, said by then. An entry that refers to one that
    /// is not known is not known."
    /// </summary>
    private bool IsKnown(Entry entry)
    {
        if (entry.Event is not AgreementAdopted && lens.SaidBy is { } by)
        {
            var isSupposed = entry.Position > recorded;
            if (isSupposed ? entry.Event.SaidAt is { } said && said > by : entry.SaidAt > by)
                return false;
        }

        return Targets(entry).All(id => all.Exists(t => t.Id == id && t.Position < entry.Position && IsKnown(t)));
    }

    /// <summary>"A retraction that is not itself dead makes its target dead."</summary>
    private bool IsDead(Entry entry)
    {
        if (entry.Event is AgreementAdopted)
            return false;
        if (lens.Without.Contains(entry.Id))
            return true;
        return all.Exists(r =>
            r.Event is EntryRetracted retracted && retracted.Target == entry.Id && IsKnown(r) && !IsDead(r)
        );
    }

    private static Guid[] Targets(Entry entry) =>
        entry.Event switch
        {
            ReportCorrected e => [e.Target],
            AssessmentProposed e => [e.Target],
            ReportAssessed e => e.Proposal is { } proposal ? [e.Target, proposal] : [e.Target],
            ReportSentBack e => [e.Target],
            QuestionAnswered e => [e.Target],
            ReportsLinked e => [.. e.Reports],
            PartyResponded e => [e.Target],
            EvidenceAttached e => [e.Target],
            EntryRetracted e => [e.Target],
            ErasureConfirmed e => [e.Target],
            _ => [],
        };

    public List<SlowFact> Facts(Agreement reading)
    {
        // "A dead filing kills the report." "Refuted counts nowhere." Sources choose among reports.
        var reports = Live<ReportFiled>()
            .Select(filing => (Filing: filing, Content: ContentOf(filing), Level: LevelOf(filing)))
            .Where(r => r.Level != Level.Refuted && (lens.Sources is null || lens.Sources.Admits(r.Content.Source)))
            .ToList();

        var facts = new List<SlowFact>();
        while (reports.Count > 0)
        {
            var incident = IncidentOf(reports[0].Filing.Id);
            var members = reports.Where(r => incident.Contains(r.Filing.Id)).OrderBy(r => r.Filing.Position).ToList();
            reports.RemoveAll(r => incident.Contains(r.Filing.Id));
            // "Linked live reports from N sources independent of each other are at least corroborated."
            // "A report found inconclusive neither counts among them nor is raised."
            var established = members.FindAll(m => m.Level != Level.Inconclusive);
            if (
                established.Count > 1
                && reading.Evidence.CorroboratedBy is { } n
                && Independent(established.ConvertAll(m => m.Content.Source), reading) >= n
            )
                members = members.ConvertAll(m => m.Level is Level.Alleged ? m with { Level = Level.Corroborated } : m);
            // "Its content is that of its highest-level report, the latest position winning a tie"; inconclusive counts
            // as alleged.
            var head = members
                .OrderBy(m => m.Level == Level.Inconclusive ? Level.Alleged : m.Level)
                .ThenBy(m => m.Filing.Position)
                .Last();
            facts.Add(
                new SlowFact(head.Content, head.Level, head.Filing.Position, members.ConvertAll(m => m.Filing.Id))
            );
        }

        return facts;
    }

    /// <summary>"The latest live correction, else the filing."</summary>
    private Report ContentOf(Entry filing) =>
        Live<ReportCorrected>().Select(e => (ReportCorrected)e.Event).LastOrDefault(c => c.Target == filing.Id)?.Report
        ?? ((ReportFiled)filing.Event).Report;

    /// <summary>"The latest live assessment by position, else the level stated at filing, else alleged."</summary>
    private Level LevelOf(Entry filing) =>
        Live<ReportAssessed>().Select(e => (ReportAssessed)e.Event).LastOrDefault(a => a.Target == filing.Id)?.Level
        ?? ((ReportFiled)filing.Event).Report.Level
        ?? Level.Alleged;

    private HashSet<Guid> IncidentOf(Guid report)
    {
        var incident = new HashSet<Guid> { report };
        for (var size = 0; size < incident.Count; )
        {
            size = incident.Count;
            foreach (
                var link in Live<ReportsLinked>()
                    .Select(e => (ReportsLinked)e.Event)
                    .Where(l => l.Reports.Any(incident.Contains))
            )
                incident.UnionWith(link.Reports);
        }

        return incident;
    }

    /// <summary>
    /// The largest group in which nobody is the same source as another, where being the same passes on.
    /// </summary>
    private static int Independent(List<Source> sources, Agreement reading)
    {
        var groups = sources.ConvertAll(s => new List<Source> { s });
        for (var merged = true; merged; )
        {
            merged = false;
            for (var i = 0; i < groups.Count; i++)
            {
                for (var j = groups.Count - 1; j > i; j--)
                {
                    if (!groups[i].Exists(a => groups[j].Exists(b => Same(a, b, reading))))
                        continue;
                    groups[i].AddRange(groups[j]);
                    groups.RemoveAt(j);
                    merged = true;
                }
            }
        }

        return groups.Count;
    }

    private static bool Same(Source a, Source b, Agreement reading)
    {
        if (
            a.Party is not null
            && b.Party is not null
            && AnswersTo(a.Party, reading, 9).Intersect(AnswersTo(b.Party, reading, 9)).Any()
        )
            return true;
        if (
            a.Name is not null
            && b.Name is not null
            && string.Equals(a.Name, b.Name, StringComparison.OrdinalIgnoreCase)
        )
            return true;
        var nobody = a.Party is null && a.Name is null && b.Party is null && b.Name is null;
        return nobody && a.Class == b.Class;
    }

    /// <summary>"The same party, or one is bound by the other, or both by a third, directly or through others."</summary>
    private static IEnumerable<string> AnswersTo(string party, Agreement reading, int steps) =>
        steps == 0
            ? []
            : reading
                .Parties.Where(p => p.Id == party)
                .SelectMany(p => p.BoundBy)
                .SelectMany(by => AnswersTo(by, reading, steps - 1))
                .Prepend(party);
}
