using Ledger.Domain.Entries;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;
using Instance = Ledger.Verdicts.Answers.Instance;

namespace Ledger.Verdicts.Rules;

/// <summary>Something that decided: a fact in a role, or an entry that is no report.</summary>
internal readonly record struct Mark(Role Role, Fact? Fact, Entry? Entry, long At);

/// <summary>From an instant on the answer is this.</summary>
internal readonly record struct Step(long At, Verdict Verdict, Reason Reason, IReadOnlyList<Mark> DecidedBy)
{
    public bool SameAnswer(Step other) => Verdict == other.Verdict && Reason == other.Reason;
}

/// <summary>One duty as it stands at the instant asked for.</summary>
internal sealed record Duty
{
    public string? Key { get; init; }

    public long TriggeredAt { get; init; } = Ticks.Never;

    public long Deadline { get; init; } = Ticks.Never;

    public required Verdict Verdict { get; init; }

    public long FulfilledAt { get; init; } = Ticks.Never;

    public long LateAt { get; init; } = Ticks.Never;

    public long CuredAt { get; init; } = Ticks.Never;

    public Progress? Progress { get; init; }

    public IReadOnlyList<(Row Row, long At)>? Violations { get; init; }

    public IReadOnlyList<TickSpan>? Intervals { get; init; }

    public IReadOnlyList<TickSpan>? Gaps { get; init; }

    public IReadOnlyList<Mark> DecidedBy { get; init; } = [];
}

/// <summary>What a rule makes of the facts: how the answer changed up to the instant asked for, and every duty as it stands then.</summary>
/// <param name="Steps">In order of time, the first from the beginning of time.</param>
/// <param name="Duties">Each duty at the instant asked for.</param>
/// <param name="Counts">Violations until then, for rules that count them.</param>
internal sealed record Outcome(List<Step> Steps, List<Duty> Duties, Counts? Counts = null)
{
    public Step At(long ticks)
    {
        var found = Steps[0];
        foreach (var step in Steps)
        {
            if (step.At > ticks)
                break;
            found = step;
        }

        return found;
    }
}

/// <summary>Builds the steps of an answer, merging what does not change it.</summary>
internal sealed class StepList
{
    private readonly List<Step> steps = [];

    public List<Step> Steps => steps;

    public void Add(long at, Verdict verdict, Reason reason, IReadOnlyList<Mark>? decidedBy = null)
    {
        var step = new Step(at, verdict, reason, decidedBy ?? []);
        if (steps.Count > 0 && steps[^1].At == at)
            steps.RemoveAt(steps.Count - 1);
        if (steps.Count == 0 || !steps[^1].SameAnswer(step))
            steps.Add(step);
    }
}
