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
/// Everything that is heard before one reading's provisions are judged at one position under one lens.
/// </summary>
internal sealed class Hearing
{
    private readonly Lens lens;
    private readonly EntryStream stream;
    private readonly Docket docket;
    private readonly Divergence? divergence;
    private readonly bool otherLines;
    private readonly Dictionary<(Pattern, string?), Rows> rows = [];
    private readonly Lazy<List<Fact>> facts;
    private readonly List<Entry> powers;

    private Hearing(Book book, Known known, Lens lens, Agreement reading)
    {
        (Known, this.lens, Reading, stream) = (known, lens, reading, book.Stream);
        docket = book.DocketOf(reading);
        Zones = new ZonesInForce(reading, known.Live<ZoneDelimited>());
        Matcher = new Matcher(reading, Zones);
        powers = [.. known.Live<PowerExercised>()];
        divergence = Divergence.Of(known, stream, docket.Log, lens);
        otherLines =
            !known.IsHouse
            && !known.Live<ZoneDelimited>().SequenceEqual(book.Known(Size, Lens.House).Live<ZoneDelimited>());
        facts = new Lazy<List<Fact>>(() =>
            [.. AllFacts().OrderBy(fact => fact.Start).ThenBy(fact => fact.Head.Filing.Position)]
        );
    }

    public Known Known { get; }

    public Agreement Reading { get; }

    public ZonesInForce Zones { get; }

    public Matcher Matcher { get; }

    /// <summary>
    /// Every fact that counts at all, in order of occurrence. All of them are made, so only explanations and
    /// differences may ask.
    /// </summary>
    public IReadOnlyList<Fact> Facts => facts.Value;

    private int Size => divergence?.Size ?? Known.Recorded;

    public Sieves House => Sieves.Plain(lens, Reading);

    public static Hearing Of(Book book, Question question)
    {
        var known = KnownTo(book, question.KnownAt, question.Lens);
        var reading = ReadingsOf(book, known, question.KnownAt, question.Lens)
            .Last(part => part.From <= Ticks.Of(question.AsOf))
            .Reading;
        return new Hearing(book, known, question.Lens, reading);
    }

    /// <summary>
    /// The hearings by the readings that apply one after the other, each from an instant on; the first from the
    /// beginning of time.
    /// </summary>
    public static List<(long From, Hearing Hearing)> All(Book book, long knownAt, Lens lens)
    {
        var known = KnownTo(book, knownAt, lens);
        return ReadingsOf(book, known, knownAt, lens)
            .ConvertAll(part => (part.From, new Hearing(book, known, lens, part.Reading)));
    }

    private static Known KnownTo(Book book, long knownAt, Lens lens) =>
        book.Objection(new Question(default, knownAt, lens)) is { } objection
            ? throw new InvalidOperationException(objection.ToString())
            : book.Known(knownAt, lens);

    private static List<(long From, Agreement Reading)> ReadingsOf(Book book, Known known, long knownAt, Lens lens)
    {
        if (lens.Reading is { } version)
            return [(Ticks.Always, book.Version(knownAt, version)!)];

        var revisions = known
            .Live<AgreementRevised>()
            .Select(entry => (From: AppliesFrom(entry), Entry: entry))
            .ToList();
        var readings = new List<(long, Agreement)>();
        Entry? last = null;
        foreach (var from in revisions.Select(r => r.From).Prepend(Ticks.Always).Distinct().Order())
        {
            // Of the revisions that apply by then the latest entry is the reading.
            var revision = revisions.LastOrDefault(r => r.From <= from).Entry;
            if (readings.Count == 0 || revision != last)
                readings.Add((from, revision is null ? book.Adopted(knownAt)! : book.FileOf(revision)));
            last = revision;
        }

        return readings;

        long AppliesFrom(Entry entry) =>
            Ticks.Of(book.FileOf(entry).TimeZone.StartOf(((AgreementRevised)entry.Event).AppliesFrom));
    }

    /// <summary>The incident of a report and the report's part in it, or null when it does not count.</summary>
    public (Fact Fact, ReportState Report)? FactOf(Guid filing)
    {
        var index = Known.IndexOf(filing);
        if (index < 0 || Known[index].Event is not ReportFiled)
            return null;
        foreach (var fact in Incidents.Of(Known, [index], lens.Sources, Reading.Evidence.CorroboratedBy))
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
        var log = docket.Log;
        for (var version = 0; version < log.Count; version++)
        {
            if (log[version].IsCurrent(Size) && divergence?.Changes(log[version]) != true)
                Offer(version, log.ContentOf(log[version]));
        }

        var other = divergence?.Facts ?? [];
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
        if (rows.TryGetValue((pattern, quantity), out var found))
            return found;
        var table = otherLines ? docket.TableBy(Matcher, pattern, quantity) : docket.Table(pattern, quantity);
        var main = new RowSource(table.Main, docket.Log.FactOf, number => stream.Subjects[number]);
        var tail = new RowSource(table.Tail, docket.Log.FactOf, number => stream.Subjects[number]);
        return rows[(pattern, quantity)] = divergence is null
            ? new Rows([main, tail], Size, null, null)
            : new Rows(
                [main, tail, divergence.RowsFor(pattern, quantity, Matcher, stream.Subjects)],
                Size,
                divergence.Changed,
                divergence.Admitted
            );
    }

    private IEnumerable<Fact> AllFacts()
    {
        var log = docket.Log;
        for (var version = 0; version < log.Count; version++)
        {
            if (log[version].IsCurrent(Size) && divergence?.Changes(log[version]) != true)
                yield return log.FactOf(version);
        }

        foreach (var fact in divergence?.Facts ?? [])
            yield return fact;
    }

    public Force ForceOf(Provision provision, Sieves sieves, long asOf) =>
        ForceOf(provision, sieves, asOf, [provision.Id]);

    /// <summary>
    /// What the provision's rule makes of the facts that occurred by <paramref name="asOf"/>, in ticks.
    /// </summary>
    public (Outcome Outcome, Force Force) Decide(Provision provision, Sieves sieves, long asOf) =>
        Decide(provision, sieves, asOf, [provision.Id]);

    private (Outcome Outcome, Force Force) Decide(Provision provision, Sieves sieves, long asOf, HashSet<string> path)
    {
        var force = ForceOf(provision, sieves, asOf, path);
        if (provision.RequiresZone is { } zone && !Zones.WasEverDelimited(zone))
            return (new Outcome([new Step(Ticks.Always, Verdict.Unknown, Reason.NoLine, [])], []), force);

        var days = new Days(Reading.TimeZone);
        var outcome = provision.Rule switch
        {
            Rule.Achieve rule => Achieve(rule, provision, days, force, sieves, asOf).Evaluate(),
            Rule.Forbid rule => new ForbidRule(rule, days, force, Rows(rule.Act), sieves.Unfavourable, asOf).Evaluate(),
            Rule.Maintain rule => new MaintainRule(
                rule,
                force,
                Rows(rule.Enters),
                Rows(rule.Leaves),
                sieves,
                asOf
            ).Evaluate(),
            Rule.Recur rule => new RecurRule(rule, days, force, Rows(rule.Act), sieves.Favourable, asOf).Evaluate(),
            Rule.Judged rule => JudgedRule.Evaluate(provision, rule, Known.Live<StatementRecorded>(), asOf),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return (Watch(provision, outcome, force, asOf), force);
    }

    /// <summary>What decides each duty, which takes less than the whole outcome.</summary>
    /// <param name="worst">What <see cref="Now"/> says.</param>
    public IEnumerable<Duty> DutiesOf(Provision provision, Sieves sieves, long asOf, Verdict worst) =>
        provision.Rule switch
        {
            _ when provision.RequiresZone is { } zone && !Zones.WasEverDelimited(zone) => [],
            Rule.Achieve rule => Achieve(
                    rule,
                    provision,
                    new Days(Reading.TimeZone),
                    ForceOf(provision, sieves, asOf),
                    sieves,
                    asOf
                )
                .Duties(worst),
            Rule.Maintain rule => new MaintainRule(
                rule,
                ForceOf(provision, sieves, asOf),
                Rows(rule.Enters),
                Rows(rule.Leaves),
                sieves,
                asOf
            ).Duties(),
            _ => Decide(provision, sieves, asOf).Outcome.Duties,
        };

    /// <summary>The verdict alone, which takes less than the whole outcome.</summary>
    public Verdict Now(Provision provision, Sieves sieves, long asOf)
    {
        if (provision.RequiresZone is { } zone && !Zones.WasEverDelimited(zone))
            return Verdict.Unknown;
        var force = ForceOf(provision, sieves, asOf);
        var days = new Days(Reading.TimeZone);
        var verdict = provision.Rule switch
        {
            Rule.Achieve rule => Achieve(rule, provision, days, force, sieves, asOf).Now(),
            Rule.Forbid rule => new ForbidRule(rule, days, force, Rows(rule.Act), sieves.Unfavourable, asOf).Now(),
            Rule.Maintain rule => new MaintainRule(
                rule,
                force,
                Rows(rule.Enters),
                Rows(rule.Leaves),
                sieves,
                asOf
            ).Now(),
            Rule.Recur rule => new RecurRule(rule, days, force, Rows(rule.Act), sieves.Favourable, asOf).Now(),
            Rule.Judged rule => JudgedRule
                .Evaluate(provision, rule, Known.Live<StatementRecorded>(), asOf)
                .At(asOf)
                .Verdict,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var unseen =
            verdict == Verdict.Holding
            && MustBeWatched(provision)
            && force.Binds(asOf)
            && !Observation.Watched(provision, Known.Live<CoverageRecorded>()).Exists(span => span.Contains(asOf));
        return unseen ? Verdict.Unknown : verdict;
    }

    /// <summary>The patterns of a provision, and of those that activate it.</summary>
    public IEnumerable<Pattern> PatternsOf(Provision provision)
    {
        for (var (at, steps) = (provision, 0); at is not null && steps < Reading.Provisions.Length; steps++)
        {
            foreach (var pattern in at.Patterns)
                yield return pattern;
            at = at.ActivatedBy is { } id ? Reading.Provision(id) : null;
        }
    }

    /// <summary>
    /// Whether the newest entry may change how a provision stands: a report that no pattern of it matches, even
    /// possibly, and with which nobody supposes anything, does not.
    /// </summary>
    public bool MayChange(Provision provision, LedgerEvent newest) =>
        newest is not ReportFiled filed
        || !lens.Suppose.IsEmpty
        || PatternsOf(provision).Any(pattern => Matcher.Match(pattern, filed.Report) != Certainty.No);

    /// <summary>The filings that speak for what violates a provision, all of them.</summary>
    public IEnumerable<Guid> Violating(Provision provision, long asOf) =>
        provision.Rule is not Rule.Forbid rule || (provision.RequiresZone is { } zone && !Zones.WasEverDelimited(zone))
            ? []
            : new ForbidRule(
                rule,
                new Days(Reading.TimeZone),
                ForceOf(provision, House, asOf),
                Rows(rule.Act),
                House.Unfavourable,
                asOf
            )
                .Violations()
                .Select(act => Known[act.Head].Id);

    private static bool MustBeWatched(Provision provision) =>
        provision.CoverageRequired && provision.Rule is (Rule.Forbid or Rule.Maintain or Rule.Recur);

    private AchieveRule Achieve(
        Rule.Achieve rule,
        Provision provision,
        Days days,
        Force force,
        Sieves sieves,
        long asOf
    ) =>
        new(
            rule,
            provision,
            days,
            force,
            Rows(rule.Act, rule.Total?.Quantity),
            rule.Trigger is null ? Verdicts.Facts.Rows.None : Rows(rule.Trigger),
            sieves,
            asOf
        );

    private Outcome Watch(Provision provision, Outcome outcome, Force force, long asOf)
    {
        if (!MustBeWatched(provision))
            return outcome;
        var seen = outcome with
        {
            Steps = Observation.Unobserved(
                outcome.Steps,
                force,
                Observation.Watched(provision, Known.Live<CoverageRecorded>())
            ),
        };
        if (seen.At(asOf).Reason != Reason.NotObserved)
            return seen;
        return seen with
        {
            Duties = outcome.Duties.ConvertAll(duty =>
                duty.Verdict == Verdict.Holding ? duty with { Verdict = Verdict.Unknown } : duty
            ),
        };
    }

    private Force ForceOf(Provision provision, Sieves sieves, long asOf, HashSet<string> path)
    {
        var (activated, actsFrom) = (Ticks.Always, Ticks.Always);
        if (provision.ActivatedBy is { } id)
        {
            activated = actsFrom = BreachOf(id, sieves, asOf, path);
            // The start of force is against the duty-bound as the start of the duty, and for them as the start of what
            // counts towards it.
            if (!sieves.IsPlain && provision.Rule is Rule.Achieve)
            {
                var starts = Sieves
                    .AllPlain.Append(sieves)
                    .Select(s => BreachOf(id, s, asOf, path))
                    .Where(start => start != Ticks.Never)
                    .ToList();
                actsFrom =
                    starts.Count == 0 ? Ticks.Never
                    : sieves == Sieves.Best ? starts.Min()
                    : starts.Max();
            }
        }

        return new Force(Reading, provision, activated, actsFrom, powers);
    }

    /// <summary>
    /// When the provision was first breached; never where it was not, does not exist, or waits for itself.
    /// </summary>
    private long BreachOf(string id, Sieves sieves, long asOf, HashSet<string> path)
    {
        if (Reading.Provision(id) is not { } other || path.Contains(id))
            return Ticks.Never;
        var (outcome, _) = Decide(other, sieves, asOf, [.. path, id]);
        var breach = outcome.Steps.Find(step => step.Verdict == Verdict.Breached);
        return breach.Verdict == Verdict.Breached && breach.At <= asOf ? breach.At : Ticks.Never;
    }
}
