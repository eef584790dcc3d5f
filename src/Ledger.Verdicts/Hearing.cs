using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;
using Ledger.Verdicts.Matching;
using Ledger.Verdicts.Rules;

namespace Ledger.Verdicts;

/// <summary>Everything that is heard before one reading's provisions are judged at one position under one lens.</summary>
internal sealed class Hearing
{
    private readonly Lens lens;
    private readonly Lazy<List<Fact>> facts;
    private readonly Dictionary<Pattern, List<Row>> rows = new(ReferenceEqualityComparer.Instance);
    private readonly List<Entry> powers;

    private Hearing(Known known, Lens lens, Agreement reading)
    {
        (Known, this.lens, Reading) = (known, lens, reading);
        Zones = new ZonesInForce(reading, known.Live<ZoneDelimited>());
        Matcher = new Matcher(reading, Zones);
        powers = [.. known.Live<PowerExercised>()];
        facts = new Lazy<List<Fact>>(() => [.. Incidents.Of(known, lens.Sources, reading.Evidence.CorroboratedBy).OrderBy(fact => fact.Start)]);
    }

    public Known Known { get; }

    public Agreement Reading { get; }

    public ZonesInForce Zones { get; }

    public Matcher Matcher { get; }

    /// <summary>Every fact that counts at all, in order of occurrence.</summary>
    public IReadOnlyList<Fact> Facts => facts.Value;

    public Sieves House => Sieves.Plain(lens, Reading);

    public static Hearing Of(Book book, Question question) =>
        All(book, question.KnownAt, question.Lens).Last(part => part.From <= Ticks.Of(question.AsOf)).Hearing;

    /// <summary>The hearings by the readings that apply one after the other, each from an instant on; the first from the beginning of time.</summary>
    public static List<(long From, Hearing Hearing)> All(Book book, long knownAt, Lens lens)
    {
        var objection = book.Objection(new Question(default, knownAt, lens));
        if (objection is not null)
            throw new InvalidOperationException(objection.ToString());

        var known = book.Known(knownAt, lens);
        if (lens.Reading is { } version)
            return [(Ticks.Always, new Hearing(known, lens, book.Version(knownAt, version)!))];

        var revisions = known.Live<AgreementRevised>().Select(entry => (From: AppliesFrom(entry), Entry: entry)).ToList();
        var hearings = new List<(long, Hearing)>();
        Entry? last = null;
        foreach (var from in revisions.Select(r => r.From).Prepend(Ticks.Always).Distinct().Order())
        {
            // Of the revisions that apply by then the latest entry is the reading.
            var revision = revisions.LastOrDefault(r => r.From <= from).Entry;
            if (hearings.Count == 0 || revision != last)
                hearings.Add((from, new Hearing(known, lens, revision is null ? book.Adopted(knownAt)! : book.FileOf(revision))));
            last = revision;
        }

        return hearings;

        long AppliesFrom(Entry entry) => Ticks.Of(book.FileOf(entry).TimeZone.StartOf(((AgreementRevised)entry.Event).AppliesFrom));
    }

    /// <summary>The facts that possibly match a pattern, in order of occurrence.</summary>
    public IReadOnlyList<Row> Rows(Pattern pattern, string? quantity = null)
    {
        if (rows.TryGetValue(pattern, out var found))
            return found;
        found = [];
        foreach (var fact in facts.Value)
        {
            if (Matcher.Match(pattern, fact.Content) is var match and not Certainty.No)
            {
                var stated = quantity is null ? null : fact.Content.Quantities.GetValueOrDefault(quantity);
                found.Add(new Row(fact.Start, fact.End, fact.Level, match, fact.Content.Subject, stated?.Low ?? 0, stated?.High ?? 0, fact));
            }
        }

        return rows[pattern] = found;
    }

    public Force ForceOf(Provision provision, Sieves sieves, long asOf) => ForceOf(provision, sieves, asOf, [provision.Id]);

    /// <summary>What the provision's rule makes of the facts that occurred by <paramref name="asOf"/>, in ticks.</summary>
    public (Outcome Outcome, Force Force) Decide(Provision provision, Sieves sieves, long asOf) => Decide(provision, sieves, asOf, [provision.Id]);

    private (Outcome Outcome, Force Force) Decide(Provision provision, Sieves sieves, long asOf, HashSet<string> path)
    {
        var force = ForceOf(provision, sieves, asOf, path);
        if (provision.RequiresZone is { } zone && !Zones.WasEverDelimited(zone))
            return (new Outcome([new Step(Ticks.Always, Verdict.Unknown, Reason.NoLine, [])], []), force);

        var outcome = provision.Rule switch
        {
            Rule.Achieve rule => new AchieveRule(rule, provision, Reading, force, Rows(rule.Act, rule.Total?.Quantity), sieves, asOf)
                .Evaluate(rule.Trigger is null ? [] : Rows(rule.Trigger)),
            Rule.Forbid rule => ForbidRule.Evaluate(rule, Reading.TimeZone, force, Rows(rule.Act), sieves.Unfavourable, asOf),
            Rule.Maintain rule => MaintainRule.Evaluate(rule, force, Rows(rule.Enters), Rows(rule.Leaves), sieves, asOf),
            Rule.Recur rule => RecurRule.Evaluate(rule, Reading.TimeZone, force, Rows(rule.Act), sieves.Favourable, asOf),
            Rule.Judged rule => JudgedRule.Evaluate(provision, rule, Known.Live<StatementRecorded>(), asOf),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return (Watch(provision, outcome, force, asOf), force);
    }

    private Outcome Watch(Provision provision, Outcome outcome, Force force, long asOf)
    {
        if (!provision.CoverageRequired || provision.Rule is not (Rule.Forbid or Rule.Maintain or Rule.Recur))
            return outcome;
        var seen = outcome with { Steps = Overlay.Unobserved(outcome.Steps, force, Overlay.Watched(provision, Known.Live<CoverageRecorded>())) };
        if (seen.At(asOf).Reason != Reason.NotObserved)
            return seen;
        return seen with { Duties = outcome.Duties.ConvertAll(duty => duty.Verdict == Verdict.Holding ? duty with { Verdict = Verdict.Unknown } : duty) };
    }

    private Force ForceOf(Provision provision, Sieves sieves, long asOf, HashSet<string> path)
    {
        var (activated, actsFrom) = (Ticks.Always, Ticks.Always);
        if (provision.ActivatedBy is { } id)
        {
            activated = actsFrom = BreachOf(id, sieves, asOf, path);
            // The start of force is against the duty-bound as the start of the duty, and for them as the start of what counts towards it.
            if (!sieves.IsPlain && provision.Rule is Rule.Achieve)
            {
                var starts = Sieves.AllPlain.Append(sieves).Select(s => BreachOf(id, s, asOf, path)).Where(start => start != Ticks.Never).ToList();
                actsFrom = starts.Count == 0 ? Ticks.Never : sieves == Sieves.Best ? starts.Min() : starts.Max();
            }
        }

        return new Force(Reading, provision, activated, actsFrom, powers);
    }

    /// <summary>When the provision was first breached; never where it was not, does not exist, or waits for itself.</summary>
    private long BreachOf(string id, Sieves sieves, long asOf, HashSet<string> path)
    {
        if (Reading.Provision(id) is not { } other || path.Contains(id))
            return Ticks.Never;
        var (outcome, _) = Decide(other, sieves, asOf, [.. path, id]);
        var breach = outcome.Steps.Find(step => step.Verdict == Verdict.Breached);
        return breach.Verdict == Verdict.Breached && breach.At <= asOf ? breach.At : Ticks.Never;
    }
}
