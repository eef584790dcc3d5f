using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>What a rule judges by.</summary>
/// <param name="Provision">The provision whose rule it is.</param>
/// <param name="Days">Days of the agreement's time zone.</param>
/// <param name="Force">When the provision binds.</param>
/// <param name="Standards">Which facts count for and against the duty-bound.</param>
/// <param name="AsOf">Ticks; what starts later does not exist yet.</param>
/// <param name="Rows">The facts that possibly match a pattern, with the quantity that is totalled.</param>
/// <param name="Statements">Live statements in order of position.</param>
/// <param name="Watched">When everything that the provision speaks of was watched.</param>
internal sealed record RuleContext(
    Provision Provision,
    Days Days,
    Force Force,
    EvidenceStandards Standards,
    long AsOf,
    Func<Pattern, string?, Rows> Rows,
    Func<IEnumerable<Entry>> Statements,
    Func<List<TickSpan>> Watched
)
{
    /// <summary>Why a fact does not count that has to happen while the provision binds; empty where it does.</summary>
    public IReadOnlyList<Failure> OutsideForce(EvidenceStandard standard, Fact fact)
    {
        var surely = Force.Window(fact.Start, fact.End).Surely;
        return standard.Admits(surely) ? [] : [Failure.Outside(surely)];
    }
}

/// <summary>The one place that tells the kinds of rules apart.</summary>
internal static class RuleKinds
{
    public static IRuleEvaluator EvaluatorOf(RuleContext context) =>
        context.Provision.Rule switch
        {
            Rule.Achieve rule => new AchieveRule(rule, context),
            Rule.Forbid rule => new ForbidRule(rule, context),
            Rule.Maintain rule => new MaintainRule(rule, context),
            Rule.Recur rule => new RecurRule(rule, context),
            Rule.Periodic rule => new PeriodicRule(rule, context),
            Rule.Limit rule => new LimitRule(rule, context),
            Rule.Judged rule => new JudgedRule(rule, context),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
