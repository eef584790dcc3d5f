using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>
/// No observable test: unknown, unless the adjudicator that the agreement names has found something. Never silently
/// kept.
/// </summary>
internal sealed class JudgedRule(Rule.Judged rule, RuleContext context) : IRuleEvaluator
{
    public RuleContext Context => context;

    public IReadOnlyList<Failure> TimeFailures(Role role, EvidenceStandard standard, Fact fact, Outcome outcome) => [];

    /// <summary>Findings that hold from later on than the instant asked for do not exist yet.</summary>
    public Outcome Evaluate()
    {
        var findings = context
            .Statements()
            .Select(entry => (Entry: entry, Statement: (StatementRecorded)entry.Event))
            .Where(f =>
                rule.Adjudicator is not null
                && f.Statement.Adjudicator == rule.Adjudicator
                && f.Statement.Provisions.Contains(context.Provision.Id)
            )
            .Select(f => (f.Entry, f.Statement.Stance, Since: Ticks.Of(f.Statement.Since ?? f.Entry.SaidAt)))
            .Where(f => f.Since <= context.AsOf)
            .ToList();

        var steps = new List<Step> { new(Ticks.Always, Verdict.Unknown, Reason.NoFinding, []) };
        foreach (var since in findings.Select(f => f.Since).Distinct().Order())
        {
            // Of the findings that hold by then the latest entry has the last word.
            var (entry, stance, from) = findings.Last(f => f.Since <= since);
            if (from != since)
                continue;
            var same = findings
                .Where(f => f.Since == from && f.Stance == stance)
                .Select(f => new Mark(Role.Finding, null, f.Entry, from));
            steps.Add(new Step(since, Of(stance), Reason.Finding, [.. same]));
        }

        var duty = new Duty { Verdict = steps[^1].Verdict, DecidedBy = steps[^1].DecidedBy };
        return new Outcome(steps, [duty]);
    }

    /// <summary>
    /// A finding of partial or disputed performance is no finding that the provision is kept, nor that it is broken.
    /// </summary>
    private static Verdict Of(StatementStance stance) =>
        stance switch
        {
            StatementStance.Kept => Verdict.Holding,
            StatementStance.Broken => Verdict.Breached,
            StatementStance.InProgress => Verdict.Pending,
            _ => Verdict.Unknown,
        };
}
