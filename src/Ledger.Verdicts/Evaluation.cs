using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;
using Ledger.Verdicts.Matching;
using Ledger.Verdicts.Rules;

namespace Ledger.Verdicts;

/// <summary>
/// Evaluates the provisions of one reading at one position under one lens.
/// </summary>
internal sealed class Evaluation
{
    private readonly Lens _lens;
    private readonly EntryStream _stream;
    private readonly PatternIndex _patternIndex;
    private readonly LensDelta? _lensDelta;
    private readonly bool _otherLines;
    private readonly Dictionary<(Pattern, string?), Rows> _rows = [];
    private readonly Dictionary<(string, EvidenceStandards, long, HashSet<int>?), List<TickSpan>[]> _standings = [];
    private readonly Lazy<List<Fact>> _facts;
    private readonly List<Entry> _powers;

    private Evaluation(Book book, VisibleEntries visible, Lens lens, Agreement reading)
    {
        (Visible, _lens, Reading, _stream) = (visible, lens, reading, book.Stream);
        _patternIndex = book.PatternIndexOf(reading);
        Zones = new ZonesInForce(reading, visible.Live<ZoneDelimited>());
        Matcher = new Matcher(reading, Zones);
        _powers = [.. visible.Live<PowerExercised>()];
        _lensDelta = LensDelta.Of(visible, _stream, _patternIndex.Log, lens);
        _otherLines =
            !visible.IsHouse
            && !visible.Live<ZoneDelimited>().SequenceEqual(book.Visible(Size, Lens.House).Live<ZoneDelimited>());
        _facts = new Lazy<List<Fact>>(() =>
            [.. AllFacts().OrderBy(fact => fact.Start).ThenBy(fact => fact.Head.Filing.Position)]
        );
    }

    public VisibleEntries Visible { get; }

    public Agreement Reading { get; }

    public ZonesInForce Zones { get; }

    public Matcher Matcher { get; }

    /// <summary>
    /// Every fact that counts at all, in order of occurrence. All of them are made, so only explanations and
    /// differences may ask.
    /// </summary>
    public IReadOnlyList<Fact> Facts => _facts.Value;

    private int Size => _lensDelta?.Size ?? Visible.Recorded;

    public EvidenceStandards House => EvidenceStandards.Plain(_lens, Reading);

    public static Evaluation Of(Book book, Question question) =>
        new(book, book.Visible(question.KnownAt, question.Lens), question.Lens, book.Reading(question));

    /// <summary>
    /// The evaluations by the readings that apply one after the other, each from an instant on; the first from the
    /// beginning of time.
    /// </summary>
    public static List<(long From, Evaluation Evaluation)> All(Book book, long knownAt, Lens lens) =>
        book.Readings(knownAt, lens)
            .ConvertAll(part => (part.From, new Evaluation(book, book.Visible(knownAt, lens), lens, part.Reading)));

    /// <summary>The incident of a report and the report's part in it, or null when it does not count.</summary>
    public (Fact Fact, ReportState Report)? FactOf(Guid filing)
    {
        var index = Visible.IndexOf(filing);
        if (index < 0 || Visible[index].Event is not ReportFiled)
            return null;
        foreach (var fact in Incidents.Of(Visible, [index], _lens.Sources, _patternIndex.Log.Corroboration))
        {
            if (fact.Reports.FirstOrDefault(report => report.Filing.Id == filing) is { } state)
                return (fact, state);
        }

        return null;
    }

    /// <summary>Facts of some kinds (of all, where none is named) that happened by then, the latest first.</summary>
    public IEnumerable<Fact> Latest(ImmutableArray<string> kinds, long asOf, int most)
    {
        // Versions by their number, then what the lens makes of the incidents it changes.
        var latest = new PriorityQueue<int, long>();
        var log = _patternIndex.Log;
        for (var version = 0; version < log.Count; version++)
        {
            if (log[version].IsCurrent(Size) && _lensDelta?.Changes(log[version]) != true)
                Offer(version, log.ContentOf(log[version]));
        }

        var other = _lensDelta?.Facts ?? [];
        for (var i = 0; i < other.Length; i++)
            Offer(log.Count + i, other[i].Content);
        return latest
            .UnorderedItems.OrderByDescending(item => item.Priority)
            .ThenByDescending(item => item.Element)
            .Select(item => item.Element < log.Count ? log.FactOf(item.Element) : other[item.Element - log.Count]);

        void Offer(int number, Report content)
        {
            var start = Ticks.Of(content.Occurred.From);
            if (start > asOf || !(kinds.IsEmpty || kinds.Contains(content.Kind)))
                return;
            if (latest.Count < most)
                latest.Enqueue(number, start);
            else
                latest.EnqueueDequeue(number, start);
        }
    }

    /// <summary>The facts that possibly match a pattern.</summary>
    public Rows Rows(Pattern pattern, string? quantity = null)
    {
        if (_rows.TryGetValue((pattern, quantity), out var found))
            return found;
        var table = _otherLines
            ? _patternIndex.TableBy(Matcher, pattern, quantity)
            : _patternIndex.Table(pattern, quantity);
        var main = new RowSource(table.Main, _patternIndex.Log.FactOf, number => _stream.Subjects[number]);
        var tail = new RowSource(table.Tail, _patternIndex.Log.FactOf, number => _stream.Subjects[number]);
        return _rows[(pattern, quantity)] = _lensDelta is null
            ? new Rows([main, tail], Size, null, null)
            : new Rows(
                [main, tail, _lensDelta.RowsFor(pattern, quantity, Matcher, _stream.Subjects)],
                Size,
                _lensDelta.Changed,
                _lensDelta.Admitted
            );
    }

    private IEnumerable<Fact> AllFacts()
    {
        var log = _patternIndex.Log;
        for (var version = 0; version < log.Count; version++)
        {
            if (log[version].IsCurrent(Size) && _lensDelta?.Changes(log[version]) != true)
                yield return log.FactOf(version);
        }

        foreach (var fact in _lensDelta?.Facts ?? [])
            yield return fact;
    }

    /// <summary>
    /// What the provision's rule makes of the facts that occurred by <paramref name="asOf"/>, in ticks.
    /// </summary>
    public (Outcome Outcome, Force Force) Decide(Provision provision, EvidenceStandards standards, long asOf) =>
        Decide(provision, standards, asOf, [provision.Id]);

    /// <summary>The provision's rule, ready to judge; it knows nothing of coverage or of lines that were never drawn.</summary>
    public IRuleEvaluator RuleOf(Provision provision, EvidenceStandards standards, long asOf) =>
        RuleOf(provision, standards, asOf, [provision.Id]);

    private IRuleEvaluator RuleOf(
        Provision provision,
        EvidenceStandards standards,
        long asOf,
        HashSet<string> path,
        HashSet<int>? without = null,
        Conditions? conditions = null
    ) =>
        RuleKinds.EvaluatorOf(
            new RuleContext(
                provision,
                new Days(Reading.TimeZone),
                ForceOf(provision, standards, asOf, path, without, conditions),
                standards,
                asOf,
                (pattern, quantity) => Rows(pattern, quantity).Without(without),
                Visible.Live<StatementRecorded>,
                () => Observation.Watched(provision, Visible.Live<CoverageRecorded>())
            )
        );

    private (Outcome Outcome, Force Force) Decide(
        Provision provision,
        EvidenceStandards standards,
        long asOf,
        HashSet<string> path,
        HashSet<int>? without = null,
        Conditions? conditions = null
    )
    {
        if (LacksLine(provision))
            return (
                new Outcome([new Step(Ticks.Always, Verdict.Unknown, Reason.NoLine, [])], []),
                ForceOf(provision, standards, asOf, path, without, conditions)
            );
        var rule = RuleOf(provision, standards, asOf, path, without, conditions);
        return (Watch(rule, rule.Evaluate()), rule.Context.Force);
    }

    /// <summary>The verdict alone, which takes less than the whole outcome.</summary>
    public Verdict Now(Provision provision, EvidenceStandards standards, long asOf) =>
        LacksLine(provision) ? Verdict.Unknown : Now(RuleInBound(provision, standards, asOf, [provision.Id], null));

    /// <summary>
    /// The rule by the conditions as some lens takes them: in the best bound by those under which it stands best, in the
    /// worst by those under which it stands worst (docs/verdicts.md, 17.8).
    /// </summary>
    private IRuleEvaluator RuleInBound(
        Provision provision,
        EvidenceStandards standards,
        long asOf,
        HashSet<string> path,
        HashSet<int>? without
    )
    {
        var taken = WaysToTakeConditions(provision, standards, asOf, path, without)
            .ConvertAll(conditions => RuleOf(provision, standards, asOf, path, without, conditions));
        return taken is [var only] ? only
            : standards == EvidenceStandards.Best ? taken.MinBy(Now)!
            : taken.MaxBy(Now)!;
    }

    /// <summary>The conditions as every lens takes them, where a bound is asked for; else as the one asked for does.</summary>
    private List<Conditions> WaysToTakeConditions(
        Provision provision,
        EvidenceStandards standards,
        long asOf,
        HashSet<string> path,
        HashSet<int>? without
    )
    {
        if (!provision.Provisos.Any())
            return [Conditions.None];
        var ways = new List<Conditions>();
        foreach (var taken in standards.IsPlain ? [standards] : EvidenceStandards.AllPlain)
        {
            var conditions = ConditionsOf(provision, taken, asOf, path, without);
            if (!ways.Exists(conditions.SameAs))
                ways.Add(conditions);
        }

        return ways;
    }

    private Conditions ConditionsOf(
        Provision provision,
        EvidenceStandards standards,
        long asOf,
        HashSet<string> path,
        HashSet<int>? without
    )
    {
        if (!provision.Provisos.Any())
            return Conditions.None;
        var began = provision.Rule.BeginsOnce is { } once ? Spans(once) : [];
        return new Conditions(
            provision.When is { } when ? Spans(when) : null,
            began.Count == 0 ? Ticks.Never : began[0].From
        );

        List<TickSpan> Spans(Proviso condition) =>
            condition switch
            {
                Proviso.Stands stands => SpansOf(stands, standards, asOf, path, without),
                Proviso.Any any => TickSpan.Union(any.Of.SelectMany(Spans)),
                Proviso.All all => all.Of.Select(Spans).Aggregate(TickSpan.Intersect),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
    }

    /// <summary>When a provision stands as a condition asks, as far as that is known by then; it goes on as it is then.</summary>
    private List<TickSpan> SpansOf(
        Proviso.Stands stands,
        EvidenceStandards standards,
        long asOf,
        HashSet<string> path,
        HashSet<int>? without
    )
    {
        if (Reading.Provision(stands.Provision) is not { } other || path.Contains(other.Id))
            return [];
        // Several provisions may depend on one, at many levels.
        var key = (other.Id, standards, asOf, without);
        if (!_standings.TryGetValue(key, out var byVerdict))
            byVerdict = _standings[key] = SpansByVerdict(other, standards, asOf, [.. path, other.Id], without);
        var spans = TickSpan.Union(
            stands.Is.SelectMany(word => byVerdict[(int)Enum.Parse<Verdict>(word, ignoreCase: true)])
        );
        return stands.Lasts && spans.Count > 0 ? [new TickSpan(spans[0].From, Ticks.Never)] : spans;
    }

    private List<TickSpan>[] SpansByVerdict(
        Provision provision,
        EvidenceStandards standards,
        long asOf,
        HashSet<string> path,
        HashSet<int>? without
    )
    {
        var (outcome, force) = Decide(provision, standards, asOf, path, without);
        var byVerdict = Enum.GetValues<Verdict>().Select(_ => new List<TickSpan>()).ToArray();
        for (var i = 0; i < outcome.Steps.Count && outcome.Steps[i].At <= asOf; i++)
        {
            var until = i + 1 < outcome.Steps.Count ? outcome.Steps[i + 1].At : Ticks.Never;
            // Before it is in force nothing can be said of it.
            var span = new TickSpan(Math.Max(outcome.Steps[i].At, force.From), until > asOf ? Ticks.Never : until);
            if (!span.IsEmpty)
                byVerdict[(int)outcome.Steps[i].Verdict].Add(span);
        }

        return byVerdict;
    }

    private Verdict Now(IRuleEvaluator rule)
    {
        var asOf = rule.Context.AsOf;
        var verdict = rule.Now();
        var unseen =
            verdict == Verdict.Holding
            && MustBeWatched(rule)
            && rule.Context.Force is var force
            && force.Binds(force.InForceAt(asOf))
            && !rule.Context.Watched().Exists(span => span.Contains(force.InForceAt(asOf)));
        return unseen ? Verdict.Unknown : verdict;
    }

    public Life LifeOf(Provision provision, long asOf) => ForceOf(provision, House, asOf, [provision.Id]).LifeAt(asOf);

    /// <summary>
    /// The first instant after <paramref name="after"/> at which life, verdict or a bound may change though nothing is
    /// recorded, as long as this reading applies; never where there is none. It may name an instant too many, and none
    /// too few.
    /// </summary>
    public long NextStep(Provision provision, long after)
    {
        var next = Ticks.Never;
        foreach (
            var standards in (ReadOnlySpan<EvidenceStandards>)[House, EvidenceStandards.Best, EvidenceStandards.Worst]
        )
        {
            foreach (var conditions in WaysToTakeConditions(provision, standards, Ticks.Never, [provision.Id], null))
                next = Math.Min(
                    next,
                    NextStep(RuleOf(provision, standards, Ticks.Never, [provision.Id], null, conditions), after)
                );
        }

        return next;
    }

    private long NextStep(IRuleEvaluator rule, long after)
    {
        var next = LacksLine(rule.Context.Provision) ? Ticks.Never : rule.NextStep(after);
        foreach (var boundary in BoundariesOf(rule))
        {
            if (boundary > after)
                next = Math.Min(next, boundary);
        }

        return next;
    }

    private IEnumerable<long> BoundariesOf(IRuleEvaluator rule)
    {
        var force = rule.Context.Force;
        var boundaries = force.Boundaries.Concat(force.Effects);
        return MustBeWatched(rule)
            ? boundaries.Concat(rule.Context.Watched().SelectMany(span => (long[])[span.From, span.Until]))
            : boundaries;
    }

    /// <summary>
    /// The facts that keep the bounds apart, so that without all of them the bounds are the same (docs/verdicts.md,
    /// 12.13); of very many the first and the last.
    /// </summary>
    public SeparatingFacts Separating(Provision provision, long asOf)
    {
        var separating = new SeparatingFacts();
        if (!LacksLine(provision))
            Separate(provision, asOf, [provision.Id], separating);
        return separating;
    }

    /// <summary>
    /// Leaves out what separates the bounds until nothing does: a second round finds something only where one act counts
    /// for many duties, or where another provision's breach starts this one.
    /// </summary>
    private void Separate(Provision provision, long asOf, HashSet<string> path, SeparatingFacts separating)
    {
        for (var before = -1; separating.Count > before && !separating.IsPartial; )
        {
            before = separating.Count;
            // Rows are read while facts are added, so that what is left out must not change meanwhile.
            var left = separating.Filings.ToHashSet();
            var best = RuleInBound(provision, EvidenceStandards.Best, asOf, path, left);
            var worst = RuleInBound(provision, EvidenceStandards.Worst, asOf, path, left);
            if (Now(best) == Now(worst))
                return;
            foreach (var mark in worst.Separating(best))
                separating.Add(mark);
            if (provision.Provisos.Any())
                SeparateConditions(provision, asOf, path, separating);
            if (
                provision.ActivatedBy is { } other
                && !path.Contains(other)
                && Reading.Provision(other) is { } activator
            )
                SeparateStarts(activator, asOf, path, separating);
        }
    }

    /// <summary>
    /// What makes lenses take the conditions otherwise: what separates the bounds of the provisions asked about, else
    /// every fact about them that some lens does not admit, else, where only the time of a fact is in doubt, every fact.
    /// </summary>
    private void SeparateConditions(Provision provision, long asOf, HashSet<string> path, SeparatingFacts separating)
    {
        foreach (var id in provision.DependsOn)
        {
            if (!path.Contains(id) && Reading.Provision(id) is { } other)
                Separate(other, asOf, new HashSet<string>(path, StringComparer.Ordinal) { id }, separating);
        }

        foreach (var narrowest in (EvidenceStandard?[])[EvidenceStandard.Narrowest, null])
        {
            var left = separating.Filings.ToHashSet();
            if (
                separating.IsPartial
                || WaysToTakeConditions(provision, EvidenceStandards.Worst, asOf, path, left).Count == 1
            )
                return;
            var doubtful = new List<Row>();
            foreach (var pattern in Linked(provision).Skip(1).SelectMany(link => link.Patterns))
            {
                foreach (var row in Rows(pattern, null).Without(left).Counting(EvidenceStandard.Widest, asOf))
                {
                    if (narrowest?.Admits(row) != true)
                        doubtful.Add(row);
                }
            }

            foreach (var row in doubtful.OrderBy(row => row.Start))
                separating.Add(Mark.Of(Role.Trigger, row));
        }
    }

    /// <summary>What makes the other provision's first breach come sooner in the worst bound than in the best.</summary>
    private void SeparateStarts(Provision activator, long asOf, HashSet<string> path, SeparatingFacts separating)
    {
        var left = separating.Filings.ToHashSet();
        var (best, worst) = (
            BreachOf(activator.Id, EvidenceStandards.Best, asOf, path, left),
            BreachOf(activator.Id, EvidenceStandards.Worst, asOf, path, left)
        );
        if (best == worst)
            return;
        var until = Math.Min(asOf, Math.Max(best, worst) - Ticks.Microsecond);
        var inside = new HashSet<string>(path, StringComparer.Ordinal) { activator.Id };
        var isStillBreached =
            Now(RuleInBound(activator, EvidenceStandards.Worst, until, inside, left)) == Verdict.Breached;
        Separate(activator, isStillBreached ? until : Math.Min(best, worst), inside, separating);
    }

    /// <summary>A provision, those whose breach or standing decides when it binds, those that decide that, and so on.</summary>
    public List<Provision> Linked(Provision provision)
    {
        List<Provision> linked = [provision];
        for (var i = 0; i < linked.Count; i++)
        {
            foreach (var id in linked[i].DependsOn)
            {
                if (Reading.Provision(id) is { } other && !linked.Contains(other))
                    linked.Add(other);
            }
        }

        return linked;
    }

    /// <summary>The patterns of a provision, and of those that decide when it binds.</summary>
    public IEnumerable<Pattern> PatternsOf(Provision provision) => Linked(provision).SelectMany(link => link.Patterns);

    /// <summary>What decided when a provision binds: the breach that activates it, and how its conditions stand.</summary>
    public IEnumerable<Mark> DecidingForce(Provision provision, long asOf)
    {
        foreach (var link in Linked(provision))
        {
            if (link.ActivatedBy is { } id)
            {
                foreach (var mark in DecidingAt(id, BreachOf(id, House, asOf, [], null)))
                    yield return mark;
            }

            foreach (var stands in link.Provisos.SelectMany(condition => condition.Provisions))
            {
                var at = stands.Lasts
                    ? SpansOf(stands, House, asOf, [], null) is [var first, ..]
                        ? first.From
                        : Ticks.Never
                    : asOf;
                foreach (var mark in DecidingAt(stands.Provision, at))
                    yield return mark;
            }
        }
    }

    /// <summary>What decided how a provision stood at an instant; nothing where that is never.</summary>
    private IEnumerable<Mark> DecidingAt(string id, long at)
    {
        if (at == Ticks.Never || Reading.Provision(id) is not { } provision)
            return [];
        var (outcome, _) = Decide(provision, House, at);
        var verdict = outcome.At(at).Verdict;
        return outcome.Duties.Where(duty => duty.Verdict == verdict).SelectMany(duty => duty.DecidedBy);
    }

    /// <summary>
    /// Whether the newest entry may change how a provision stands: a report that no pattern of it matches, even
    /// possibly, and with which nobody supposes anything, does not.
    /// </summary>
    public bool MayChange(Provision provision, LedgerEvent newest) =>
        newest is not ReportFiled filed
        || !_lens.Suppose.IsEmpty
        || PatternsOf(provision).Any(pattern => Matcher.Match(pattern, filed.Report) != Certainty.No);

    /// <summary>The filings that speak for what violates a provision, all of them.</summary>
    public IEnumerable<Guid> Violating(Provision provision, long asOf) =>
        LacksLine(provision) ? [] : RuleOf(provision, House, asOf).Violations().Select(act => Visible[act.Head].Id);

    private bool LacksLine(Provision provision) => provision.RequiresZone is { } zone && !Zones.WasEverDelimited(zone);

    private static bool MustBeWatched(IRuleEvaluator rule) =>
        rule.NeedsWatching && rule.Context.Provision.CoverageRequired;

    private Outcome Watch(IRuleEvaluator rule, Outcome outcome)
    {
        if (!MustBeWatched(rule))
            return outcome;
        var seen = outcome with
        {
            Steps = Observation.Unobserved(outcome.Steps, rule.Context.Force, rule.Context.Watched()),
        };
        if (seen.At(rule.Context.AsOf).Reason != Reason.NotObserved)
            return seen;
        return seen with
        {
            Duties = outcome.Duties.ConvertAll(duty =>
                duty.Verdict == Verdict.Holding ? duty with { Verdict = Verdict.Unknown } : duty
            ),
        };
    }

    private Force ForceOf(
        Provision provision,
        EvidenceStandards standards,
        long asOf,
        HashSet<string> path,
        HashSet<int>? without = null,
        Conditions? conditions = null
    )
    {
        var (activated, actsFrom) = (Ticks.Always, Ticks.Always);
        if (provision.ActivatedBy is { } id)
        {
            activated = actsFrom = BreachOf(id, standards, asOf, path, without);
            // The start of force is against the duty-bound as the start of the duty, and for them as the start of what
            // counts towards it.
            if (!standards.IsPlain && provision.Rule.HasDeadlines)
            {
                var starts = EvidenceStandards
                    .AllPlain.Append(standards)
                    .Select(s => BreachOf(id, s, asOf, path, without))
                    .Where(start => start != Ticks.Never)
                    .ToList();
                actsFrom =
                    starts.Count == 0 ? Ticks.Never
                    : standards == EvidenceStandards.Best ? starts.Min()
                    : starts.Max();
            }
        }

        return new Force(
            Reading,
            provision,
            activated,
            actsFrom,
            conditions ?? ConditionsOf(provision, standards, asOf, path, without),
            _powers
        );
    }

    /// <summary>
    /// When the provision was first breached; never where it was not, does not exist, or waits for itself.
    /// </summary>
    private long BreachOf(
        string id,
        EvidenceStandards standards,
        long asOf,
        HashSet<string> path,
        HashSet<int>? without
    )
    {
        if (Reading.Provision(id) is not { } other || path.Contains(id))
            return Ticks.Never;
        HashSet<string> inside = [.. path, id];
        if (!standards.IsPlain && other.Provisos.Any())
            return BreachInBound(other, standards, asOf, inside, without);
        var (outcome, _) = Decide(other, standards, asOf, inside, without);
        var breach = outcome.Steps.Find(step => step.Verdict == Verdict.Breached);
        return breach.Verdict == Verdict.Breached && breach.At <= asOf ? breach.At : Ticks.Never;
    }

    /// <summary>
    /// The same in a bound, where lenses may take its conditions otherwise: in the worst when it is breached by any of
    /// them, in the best when by all.
    /// </summary>
    private long BreachInBound(
        Provision provision,
        EvidenceStandards standards,
        long asOf,
        HashSet<string> path,
        HashSet<int>? without
    )
    {
        var breaches = WaysToTakeConditions(provision, standards, asOf, path, without)
            .ConvertAll(conditions =>
                BreachedOf(Decide(provision, standards, asOf, path, without, conditions).Outcome)
            );
        var breached =
            standards == EvidenceStandards.Best
                ? breaches.Aggregate(TickSpan.Intersect)
                : TickSpan.Union(breaches.SelectMany(spans => spans));
        return breached is [var first, ..] && first.From <= asOf ? first.From : Ticks.Never;
    }

    private static List<TickSpan> BreachedOf(Outcome outcome)
    {
        var spans = new List<TickSpan>();
        for (var i = 0; i < outcome.Steps.Count; i++)
        {
            if (outcome.Steps[i].Verdict == Verdict.Breached)
                spans.Add(
                    new TickSpan(
                        outcome.Steps[i].At,
                        i + 1 < outcome.Steps.Count ? outcome.Steps[i + 1].At : Ticks.Never
                    )
                );
        }

        return spans;
    }
}
