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
            Entries = [.. entries],
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
