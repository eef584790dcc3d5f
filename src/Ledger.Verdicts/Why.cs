using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Explaining;
using Ledger.Verdicts.Rules;

namespace Ledger.Verdicts;

/// <summary>
/// Explains a verdict: clause, reading, deadline arithmetic, the deciding entries with their authors, coverage and near
/// misses.
/// </summary>
public static class Why
{
    private const int MostNearMisses = 50;
    private const int MostDeadlines = 100;

    /// <summary>Each is left out once, to see whether it matters.</summary>
    private const int MostPowers = 100;

    /// <summary>Null when the reading holds no provision of that id.</summary>
    public static WhyAnswer? Explain(Book book, string provisionId, Question question)
    {
        var evaluation = Evaluation.Of(book, question);
        if (evaluation.Reading.Provision(provisionId) is not { } provision)
            return null;

        var asOf = Ticks.Of(question.AsOf);
        var answer = AnswerBuilder.VerdictOf(evaluation, provision, question);
        var (outcome, force) = evaluation.Decide(provision, evaluation.House, asOf);
        var rule = evaluation.RuleOf(provision, evaluation.House, asOf);
        var citations = new Citations(evaluation);
        var entries = answer.DecidedBy.Select(citations.Of).ToList();
        var nearMisses = new NearMisses(evaluation, rule, outcome, asOf)
            .Find()
            .OrderByDescending(miss => miss.Fact.Start)
            .ToList();
        var separating = answer.Bounds.SeparatedBy.Select(citations.Of).ToList();
        var claims = WhoSays.Of(evaluation, provision, answer, question);
        return new WhyAnswer
        {
            Answer = answer,
            Conclusion = Conclusion.Of(evaluation, provision, answer, entries, separating),
            Clause = Clause.Of(evaluation.Reading, provision),
            Activation = provision.ActivatedBy is { } other
                ? new Activation(
                    other,
                    force.From == Ticks.Never ? null : English.MomentOf(force.From, evaluation.Reading.TimeZone)
                )
                : null,
            Deadlines =
            [
                .. outcome
                    .Duties.Where(duty => duty.TriggeredAt != Ticks.Never)
                    .Take(MostDeadlines)
                    .Select(duty => DeadlineArithmetic.Of(rule, duty)),
            ],
            Entries =
            [
                .. entries,
                .. Shaping(book, evaluation, provision, answer, question)
                    .Where(shaping => !answer.DecidedBy.Contains(shaping))
                    .Select(citations.Of),
            ],
            SeparatedBy = [.. separating],
            Coverage =
            [
                .. evaluation
                    .Visible.Live<CoverageRecorded>()
                    .Where(entry => Touches((CoverageRecorded)entry.Event, provision))
                    .Select(WatchOf),
            ],
            NearMisses =
            [
                .. nearMisses
                    .Take(MostNearMisses)
                    .Select(miss => new NearMiss
                    {
                        Role = miss.Role,
                        Failed = miss.Failed,
                        Words = miss.Words,
                        Entry = citations.Of(miss.Fact),
                    }),
            ],
            NearMissesOmitted = Math.Max(0, nearMisses.Count - MostNearMisses),
            Statements = claims.Statements,
            Responses = claims.Responses,
        };
    }

    /// <summary>
    /// What gave the provision its time in force and its deadlines: the powers without which the answer would be another,
    /// and what decided the breach that activates it, and how its conditions stand, as its trigger.
    /// </summary>
    private static IEnumerable<Deciding> Shaping(
        Book book,
        Evaluation evaluation,
        Provision provision,
        VerdictAnswer answer,
        Question question
    )
    {
        var chain = evaluation.Linked(provision);
        var powers = evaluation
            .Visible.Live<PowerExercised>()
            .Where(entry => ((PowerExercised)entry.Event).Effective <= question.AsOf)
            .Where(entry => chain.Exists(link => Force.Concerns((PowerExercised)entry.Event, link.Id)))
            .TakeLast(MostPowers)
            .Where(entry => Differs(answer, Without(entry)))
            .Select(entry => new Mark(Role.Power, null, entry, Ticks.Of(((PowerExercised)entry.Event).Effective)))
            .SelectMany(mark => AnswerBuilder.DecidingOf(evaluation.Visible, mark));
        var breaches = evaluation
            .DecidingForce(provision, Ticks.Of(question.AsOf))
            .SelectMany(mark => AnswerBuilder.DecidingOf(evaluation.Visible, mark))
            .Select(deciding => deciding with { Role = deciding.Role == Role.Power ? Role.Power : Role.Trigger });
        return powers.Concat(breaches).Distinct();

        VerdictAnswer? Without(Entry power) =>
            Judge.Verdict(
                book,
                provision.Id,
                question with
                {
                    Lens = question.Lens with { Without = question.Lens.Without.Add(power.Id) },
                }
            );
    }

    /// <summary>Whether a reader would call the answer another one.</summary>
    private static bool Differs(VerdictAnswer answer, VerdictAnswer? other) =>
        other is null
        || (answer.Life, answer.Verdict, answer.Reason, answer.Since, answer.Deadline)
            != (other.Life, other.Verdict, other.Reason, other.Since, other.Deadline)
        || (answer.FulfilledAt, answer.LateAt, answer.CuredAt, answer.Counts)
            != (other.FulfilledAt, other.LateAt, other.CuredAt, other.Counts);

    private static bool Touches(CoverageRecorded coverage, Provision provision)
    {
        var zones = Observation.ZonesOf(provision);
        return coverage.Zones.IsEmpty || zones.Count == 0 || coverage.Zones.Intersect(zones).Any();
    }

    private static Watch WatchOf(Entry entry)
    {
        var coverage = (CoverageRecorded)entry.Event;
        return new Watch(entry.Id, coverage.From, coverage.Until, coverage.Zones, coverage.By, coverage.Method);
    }
}
