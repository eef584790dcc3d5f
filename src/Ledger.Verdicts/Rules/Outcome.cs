using Ledger.Domain.Entries;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Rules;

/// <summary>Something that decided: a fact in a role, or an entry that is no report.</summary>
internal readonly record struct Mark(Role Role, Row? Row, Entry? Entry, long At)
{
    public static Mark Of(Role role, Row row) => new(role, row, null, row.Start);
}

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

    /// <summary>The first instant that is too late.</summary>
    public long Deadline { get; init; } = Ticks.Never;

    /// <summary>
    /// Whether the deadline is told as the last instant in time: 48 hours after noon end at noon, and are inclusive.
    /// </summary>
    public bool Inclusive { get; init; }

    public long DeadlineTold => Inclusive && Deadline != Ticks.Never ? Deadline - Ticks.Microsecond : Deadline;

    public required Verdict Verdict { get; init; }

    public long FulfilledAt { get; init; } = Ticks.Never;

    public long LateAt { get; init; } = Ticks.Never;

    public long CuredAt { get; init; } = Ticks.Never;

    public Progress? Progress { get; init; }

    /// <summary>The latest, where there are more than an answer lists.</summary>
    public IReadOnlyList<(Row Row, long At)>? Violations { get; init; }

    public int ViolationsOmitted { get; init; }

    public IReadOnlyList<TickSpan>? Intervals { get; init; }

    public IReadOnlyList<TickSpan>? Gaps { get; init; }

    /// <summary>How much there is, where that is limited.</summary>
    public StockResult? Stock { get; init; }

    /// <summary>Those missed, the latest where there are more than an answer lists, and the running one.</summary>
    public IReadOnlyList<PeriodResult>? Periods { get; init; }

    public IReadOnlyList<Mark> DecidedBy { get; init; } = [];
}

/// <summary>How much there is, from the lowest to the highest that the facts allow, and when it was last counted.</summary>
internal sealed record StockResult(string Quantity, long Low, long High, long CountedAt);

/// <summary>How one calendar period came out, or stands.</summary>
/// <param name="Index">Counted from the one of the provision's first day.</param>
internal sealed record PeriodResult(int Index, TickSpan Span, Verdict Verdict, IReadOnlyList<Progress> Reached);

/// <summary>
/// What a rule makes of the facts: how the answer changed up to the instant asked for, and every duty as it stands
/// then.
/// </summary>
/// <param name="Steps">In order of time, the first from the beginning of time.</param>
/// <param name="Duties">Each duty at the instant asked for.</param>
/// <param name="Counts">Violations until then, for rules that count them.</param>
internal sealed record Outcome(List<Step> Steps, List<Duty> Duties, Counts? Counts = null)
{
    /// <summary>What all duties come to, where there are more than are listed.</summary>
    public Totality? All { get; init; }

    public Step At(long ticks)
    {
        var (least, most) = (0, Steps.Count - 1);
        while (least < most)
        {
            var middle = (least + most + 1) / 2;
            (least, most) = Steps[middle].At <= ticks ? (middle, most) : (least, middle - 1);
        }

        return Steps[least];
    }
}

/// <summary>
/// All duties taken together: how many are not listed, the first deadline and the last late act of the worst, and the
/// last fulfilment.
/// </summary>
internal sealed record Totality(int Omitted, long Deadline, long FulfilledAt, long LateAt);

/// <summary>Builds the steps of an answer, merging what does not change it.</summary>
internal sealed class StepList
{
    private static readonly List<Mark> Nobody = [];

    public StepList(long force)
    {
        Add(Ticks.Always, Verdict.Holding, Reason.NotYetInForce);
        Force = force;
    }

    public List<Step> Steps { get; } = [];

    private long Force { get; }

    /// <summary>From the start of force on, if there is one by then.</summary>
    public void InForce(Reason reason, long asOf)
    {
        if (Force <= asOf && Force != Ticks.Never)
            Add(Force, Verdict.Holding, reason);
    }

    public void Add(long at, Verdict verdict, Reason reason, IReadOnlyList<Mark>? decidedBy = null)
    {
        var step = new Step(at, verdict, reason, decidedBy ?? Nobody);
        if (Steps.Count > 0 && Steps[^1].At == at)
            Steps.RemoveAt(Steps.Count - 1);
        if (Steps.Count == 0 || !Steps[^1].SameAnswer(step))
            Steps.Add(step);
    }
}
