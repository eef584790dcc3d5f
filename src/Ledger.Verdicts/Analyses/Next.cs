using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Explaining;
using Ledger.Verdicts.Rules;

namespace Ledger.Verdicts.Analyses;

/// <summary>Deadlines ahead and what each still needs, soonest first.</summary>
public static class Next
{
    public static NextAnswer Of(Book book, Question question)
    {
        var evaluation = Evaluation.Of(book, question);
        var asOf = Ticks.Of(question.AsOf);
        var ahead = evaluation
            .Reading.Provisions.SelectMany(provision => Of(evaluation, provision, asOf))
            .OrderBy(a => a.When.Utc);
        return new NextAnswer(evaluation.Reading.Id, Diff.PointOf(evaluation, question), [.. ahead]);
    }

    private static IEnumerable<Ahead> Of(Evaluation evaluation, Provision provision, long asOf)
    {
        var (outcome, force) = evaluation.Decide(provision, evaluation.House, asOf);
        var life = force.LifeAt(asOf);
        if (life == Life.NotYetInForce && force.From != Ticks.Never)
            yield return Make(force.From, Coming.InForce, "It binds from then on.");
        if (life is Life.InForce or Life.NotYetInForce && force.Until != Ticks.Never)
            yield return Make(force.Until, Coming.Ended, "It binds no longer from then on.");
        if (
            outcome.At(asOf).Reason == Reason.NoLine
            || (life is Life.Discharged or Life.Ended && !provision.Rule.HasDeadlines)
        )
            yield break;

        var rule = evaluation.RuleOf(provision, evaluation.House, asOf);
        foreach (var duty in outcome.Duties)
        {
            if (rule.Next(duty) is { } next)
                yield return Make(next.At, next.Coming, next.Needs, duty);
        }

        Ahead Make(long at, Coming coming, string needs, Duty? duty = null) =>
            new()
            {
                Provision = provision.Id,
                Title = provision.Title.ByLanguage,
                Key = duty?.Key,
                When = English.MomentOf(at, evaluation.Reading.TimeZone),
                Coming = coming,
                Needs = needs,
                Progress = duty?.Progress,
            };
    }
}
