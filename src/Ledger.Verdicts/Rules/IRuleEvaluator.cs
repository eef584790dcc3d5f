using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>
/// A rule of one kind at work: it judges one provision by the facts of one evaluation, by one evidence standard for each
/// side, up to one instant. All that the engine asks of a kind stands here, so that a new one is one class and a row in
/// <see cref="RuleKinds"/>.
/// </summary>
internal interface IRuleEvaluator
{
    RuleContext Context { get; }

    /// <summary>Whether holding, where the provision requires coverage, counts only while somebody was watching.</summary>
    bool NeedsWatching => false;

    /// <summary>How the answer changed up to the instant asked for, and every duty as it stands then.</summary>
    Outcome Evaluate();

    /// <summary>
    /// The verdict alone, as <see cref="Evaluate"/> has it. A kind computes it in another way only where looking
    /// backwards from the instant asked for spares most of the work.
    /// </summary>
    Verdict Now() => Evaluate().At(Context.AsOf).Verdict;

    /// <summary>
    /// What keeps the bounds apart at the instant asked for, in order of time: each fact that counts in one and not in
    /// the other, or not for as much, so that without them the bounds are the same (docs/verdicts.md, 12.13). Asked of
    /// the rule at work for the worst bound.
    /// </summary>
    /// <param name="best">The same rule at work for the best bound.</param>
    IEnumerable<Mark> Separating(IRuleEvaluator best) => [];

    /// <summary>Every single act that violates, in order of occurrence.</summary>
    IEnumerable<Row> Violations() => [];

    /// <summary>The patterns by which a fact may play a part, with the standard that it has to meet.</summary>
    IEnumerable<(Role Role, Pattern Pattern, EvidenceStandard Standard)> Parts() => [];

    /// <summary>Why the time of a fact keeps it from playing its part; empty where it does not.</summary>
    IReadOnlyList<Failure> TimeFailures(Role role, EvidenceStandard standard, Fact fact, Outcome outcome);

    /// <summary>What changes the answer on a duty by itself if nothing happens before; null where nothing does.</summary>
    Upcoming? Next(Duty duty) => null;

    /// <summary>
    /// The first instant after <paramref name="after"/> from which the answer is another, or may be, though nothing is
    /// recorded; never where there is none. Asked of a rule that judges up to the end of time.
    /// </summary>
    long NextStep(long after)
    {
        var next = Ticks.Never;
        foreach (var step in Evaluate().Steps)
        {
            if (step.At > after)
                next = Math.Min(next, step.At);
        }

        // What begins or ends later may move a deadline without another answer.
        foreach (var (_, pattern, _) in Parts())
        {
            foreach (var act in Context.Rows(pattern, null).All(Ticks.Never))
            {
                if (act.Start > after)
                    next = Math.Min(next, act.Start);
                if (act.End > after)
                    next = Math.Min(next, act.End);
            }
        }

        return next;
    }

    /// <summary>How a duty's deadline follows from its start, in words; empty for kinds without deadlines.</summary>
    string Arithmetic(Duty duty) => "";
}

/// <summary>One condition that a fact fails, in words.</summary>
internal readonly record struct Failure(Condition Condition, string Words)
{
    public static Failure Outside(Domain.Places.Certainty surely) =>
        new(
            Condition.OutsideForce,
            surely == Domain.Places.Certainty.Possible
                ? "it may have happened while the provision did not bind"
                : "it happened while the provision did not bind"
        );
}

/// <summary>A change that comes by itself.</summary>
/// <param name="At">Ticks of the first instant that is too late, or at which something begins or ends.</param>
/// <param name="Coming">What comes then.</param>
/// <param name="Needs">What is still needed, as a sentence.</param>
internal readonly record struct Upcoming(long At, Coming Coming, string Needs);
