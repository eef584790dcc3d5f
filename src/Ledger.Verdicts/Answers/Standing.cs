using NodaTime;

namespace Ledger.Verdicts.Answers;

/// <summary>A verdict in short, for answers that set several side by side.</summary>
public sealed record Standing
{
    public required string Reading { get; init; }

    public required Life Life { get; init; }

    public required Verdict Verdict { get; init; }

    public required Reason Reason { get; init; }

    public Instant? Since { get; init; }

    public Instant? FulfilledAt { get; init; }

    public Instant? LateAt { get; init; }

    public Counts? Counts { get; init; }

    public Progress? Progress { get; init; }

    public required Verdict Best { get; init; }

    public required Verdict Worst { get; init; }

    /// <summary>The same without what grows while the answer stays.</summary>
    internal Standing WithoutNumbers => this with { Counts = null, Progress = null };

    public static Standing Of(VerdictAnswer answer) =>
        new()
        {
            Reading = answer.Reading,
            Life = answer.Life,
            Verdict = answer.Verdict,
            Reason = answer.Reason,
            Since = answer.Since,
            FulfilledAt = answer.FulfilledAt,
            LateAt = answer.LateAt,
            Counts = answer.Counts,
            Progress = answer.Progress,
            Best = answer.Bounds.Best,
            Worst = answer.Bounds.Worst,
        };

    /// <summary>
    /// Whether a reader would say that the answer changed: another life, verdict or reason, whatever the numbers.
    /// </summary>
    public bool Says(Standing other) => (Life, Verdict, Reason) == (other.Life, other.Verdict, other.Reason);
}

/// <summary>Where a question was asked: what pins an answer apart from the provision.</summary>
public sealed record Point(Instant AsOf, long Position, LensUsed Lens);
