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
            || (life is Life.Discharged or Life.Ended && provision.Rule is not Rule.Achieve)
        )
            yield break;

        foreach (var duty in outcome.Duties)
        {
            switch (provision.Rule)
            {
                case Rule.Achieve
                    when duty.Verdict == Verdict.Pending && force.Released > asOf && duty.Deadline != Ticks.Never:
                    yield return Make(duty.Deadline, Coming.Deadline, Needs(provision, duty), duty);
                    break;
                case Rule.Recur
                    when duty.Deadline > asOf && duty.Deadline != Ticks.Never && duty.Deadline < force.Until:
                    yield return Make(
                        duty.Deadline,
                        Coming.Overdue,
                        $"Needs another occurrence of: {provision.Title.In("en")}.",
                        duty
                    );
                    break;
                case Rule.Forbid { QuietPeriod: not null } rule
                    when duty.Verdict == Verdict.Breached
                        && new ForbidRule(
                            rule,
                            new Days(evaluation.Reading.TimeZone),
                            force,
                            Facts.Rows.None,
                            default,
                            asOf
                        ).CuredFrom(duty.Violations![^1].At)
                            is var cured
                        && cured != Ticks.Never:
                    yield return Make(
                        cured,
                        Coming.Cured,
                        "Holds again then, unless there is another violation.",
                        duty
                    );
                    break;
            }
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

    private static string Needs(Provision provision, Duty duty)
    {
        var about = duty.Key is null ? "" : $" for {duty.Key}";
        return duty.Progress is { } progress
            ? $"Needs {progress.AtLeast - progress.Reached} more {progress.Quantity}{about} ({progress.Reached} of {progress.AtLeast} are known)."
            : $"Needs a report{about} that shows it done: {provision.Title.In("en")}.";
    }
}
