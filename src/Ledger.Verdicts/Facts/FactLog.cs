using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;

namespace Ledger.Verdicts.Facts;

/// <summary>
/// Every version of every fact, as the ledger grew: what is known without a lens at any position. Follows the stream
/// entry by entry, at a cost in proportion to what each entry touches.
/// </summary>
/// <param name="stream">The recorded entries.</param>
/// <param name="corroboration">When linked sources corroborate.</param>
internal sealed class FactLog(EntryStream stream, Corroboration corroboration)
{
    public const int Open = int.MaxValue;

    private readonly List<FactVersion> _versions = [];
    private readonly List<int> _linked = [];
    private readonly List<int> _ended = [];
    private readonly List<int> _versionOf = [];
    private readonly HashSet<int> _dead = [];
    private readonly Dictionary<(SourceClass, string?, char?), int> _sourceNumbers = [];
    private readonly List<Source> _sources = [];
    private int _next;

    public Corroboration Corroboration => corroboration;

    public int Count => _versions.Count;

    public FactVersion this[int version] => _versions[version];

    /// <summary>The versions of which several reports are part.</summary>
    public IReadOnlyList<int> Linked => _linked;

    /// <summary>The versions that are no longer current, in the order in which they ended.</summary>
    public IReadOnlyList<int> Ended => _ended;

    /// <summary>One source of each kind that a filter can tell apart.</summary>
    public IReadOnlyList<Source> Sources => _sources;

    /// <summary>Kinds of linked reports as numbers.</summary>
    public Names Kinds { get; } = new();

    /// <summary>Takes the next entry in, and tells which versions it ended and which it began.</summary>
    public (List<int> Closed, List<int> Opened) Follow()
    {
        var now = _next++;
        _versionOf.Add(-1);
        var (closed, opened) = (new List<int>(), new List<int>());
        if (stream[now].Event is ReportFiled filed)
        {
            // Nothing can speak of it yet, so it stands alone.
            if (filed.Report.Level != Level.Refuted)
            {
                opened.Add(_versions.Count);
                _versionOf[now] = _versions.Count;
                _versions.Add(
                    new FactVersion(
                        now,
                        now,
                        -1,
                        filed.Report.Level ?? Level.Alleged,
                        now,
                        Open,
                        default,
                        SourceNumber(filed.Report.Source)
                    )
                );
            }

            return (closed, opened);
        }

        var touched = Touched(now);
        if (touched.Count == 0)
            return (closed, opened);

        // Whoever was one incident with them is touched too.
        foreach (var filing in touched.ToList())
        {
            if (_versionOf[filing] >= 0)
                touched.UnionWith(
                    _versions[_versionOf[filing]].Linked.IsDefault
                        ? []
                        : _versions[_versionOf[filing]].Linked.Select(member => member.Filing)
                );
        }

        var old = touched.Select(filing => _versionOf[filing]).Where(version => version >= 0).Distinct().ToList();
        var kept = new HashSet<int>();
        var seen = new HashSet<int>();
        foreach (var filing in touched)
        {
            if (seen.Contains(filing))
                continue;
            var incident = LinkedWith(filing, now);
            foreach (
                var version in incident
                    .Select(member => _versionOf[member])
                    .Where(version => version >= 0 && !old.Contains(version))
            )
                old.Add(version);
            seen.UnionWith(incident);
            if (VersionOf(incident, now) is not { } made)
                continue;
            var same = old.FindIndex(version => _versions[version].SaysTheSame(made));
            if (same >= 0)
            {
                kept.Add(old[same]);
                continue;
            }

            opened.Add(_versions.Count);
            if (!made.Linked.IsDefault)
                _linked.Add(_versions.Count);
            _versions.Add(made);
        }

        foreach (var version in old.Where(version => !kept.Contains(version)))
        {
            _versions[version] = _versions[version] with { Until = now };
            closed.Add(version);
            Point(version, -1);
        }

        _ended.AddRange(closed);

        opened.ForEach(version => Point(version, version));
        return (closed, opened);
    }

    /// <summary>The fact as it was while the version was current.</summary>
    public Fact FactOf(int version)
    {
        var v = _versions[version];
        if (v.Linked.IsDefault)
        {
            var state = StateOf(
                new FactVersion.Member(v.Head, v.Content, v.Assessment, v.Level, v.Level, v.Source, -1)
            );
            return new Fact(state, [state]);
        }

        ImmutableArray<ReportState> reports = [.. v.Linked.Select(StateOf)];
        return new Fact(reports.First(report => report.Filing.Position == v.Head + 1), reports);
    }

    /// <summary>
    /// What remains of a linked version when only reports of some sources exist; null when nothing does.
    /// </summary>
    public Fact? FactOf(in FactVersion version, SourceFilter filter)
    {
        ImmutableArray<ReportState> reports =
        [
            .. version
                .Linked.Where(member => filter.Admits(ReportFacts.ContentOf(stream[member.Content]).Source))
                .Select(member => StateOf(member with { Level = member.Own })),
        ];
        return reports.IsEmpty ? null : Incidents.Merge(reports, corroboration);
    }

    /// <summary>The content that speaks for the fact.</summary>
    public Report ContentOf(FactVersion version) => ReportFacts.ContentOf(stream[version.Content]);

    private ReportState StateOf(FactVersion.Member member) =>
        new(
            stream[member.Filing],
            ReportFacts.ContentOf(stream[member.Content]),
            stream[member.Content],
            member.Level,
            member.Assessment < 0 ? null : stream[member.Assessment]
        );

    private void Point(int version, int to)
    {
        var v = _versions[version];
        if (v.Linked.IsDefault)
            _versionOf[v.Head] = to;
        foreach (var member in v.Linked.IsDefault ? [] : v.Linked)
            _versionOf[member.Filing] = to;
    }

    /// <summary>The filings about which something changed with an entry.</summary>
    private SortedSet<int> Touched(int now)
    {
        var touched = new SortedSet<int>();
        foreach (var flipped in stream.FlippedBy(now))
        {
            if (flipped != now && !_dead.Remove(flipped))
                _dead.Add(flipped);
            switch (stream[flipped].Event)
            {
                case ReportFiled:
                    touched.Add(flipped);
                    break;
                case ReportCorrected correction:
                    touched.Add(stream.IndexOf(correction.Target));
                    break;
                case ReportAssessed assessment:
                    touched.Add(stream.IndexOf(assessment.Target));
                    break;
                case ReportsLinked link:
                    touched.UnionWith(link.Reports.Select(stream.IndexOf));
                    break;
            }
        }

        touched.RemoveWhere(index => stream[index].Event is not ReportFiled);
        return touched;
    }

    private bool IsLive(int index, int now) => index <= now && stream.Holds(index) && !_dead.Contains(index);

    private SortedSet<int> LinkedWith(int filing, int now) =>
        Incidents.LinkedWith(
            filing,
            at =>
                stream
                    .About(at)
                    .Where(by => stream[by].Event is ReportsLinked && IsLive(by, now))
                    .SelectMany(by => ((ReportsLinked)stream[by].Event).Reports)
                    .Select(stream.IndexOf)
                    .Where(index => stream[index].Event is ReportFiled)
        );

    private FactVersion? VersionOf(SortedSet<int> incident, int now)
    {
        var members = incident
            .Where(filing => IsLive(filing, now))
            .Select(filing => MemberOf(filing, now))
            .Where(member => member.Level != Level.Refuted)
            .ToList();
        switch (members)
        {
            case []:
                return null;
            case [var only]:
                return new FactVersion(
                    only.Filing,
                    only.Content,
                    only.Assessment,
                    only.Level,
                    now,
                    Open,
                    default,
                    only.Source
                );
            default:
                var fact = Incidents.Merge([.. members.Select(StateOf)], corroboration);
                ImmutableArray<FactVersion.Member> joined =
                [
                    .. members.Zip(fact.Reports, (member, report) => member with { Level = report.Level }),
                ];
                var head = joined[fact.Reports.IndexOf(fact.Head)];
                return new FactVersion(
                    head.Filing,
                    head.Content,
                    head.Assessment,
                    head.Level,
                    now,
                    Open,
                    joined,
                    head.Source
                );
        }
    }

    private int SourceNumber(Source source)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(
            _sourceNumbers,
            (source.Class, source.Party, source.Reliability),
            out var known
        );
        if (!known)
        {
            number = _sources.Count;
            _sources.Add(source);
        }

        return number;
    }

    private FactVersion.Member MemberOf(int filing, int now)
    {
        var (content, assessment) = ReportFacts.Current(
            stream[filing],
            stream
                .About(filing)
                .Where(by => stream[by].Event is ReportCorrected or ReportAssessed && IsLive(by, now))
                .Select(by => stream[by])
        );
        var level = ReportFacts.LevelOf(stream[filing], assessment);
        var report = ReportFacts.ContentOf(content);
        return new FactVersion.Member(
            filing,
            (int)content.Position - 1,
            assessment is null ? -1 : (int)assessment.Position - 1,
            level,
            level,
            SourceNumber(report.Source),
            Kinds.Add(report.Kind)
        );
    }
}
