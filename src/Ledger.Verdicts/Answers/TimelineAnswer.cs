using System.Collections.Immutable;
using NodaTime;

namespace Ledger.Verdicts.Answers;

/// <summary>How one provision stood over all valid time, as known at one position.</summary>
public sealed record TimelineAnswer
{
    public required string Agreement { get; init; }

    public required long Position { get; init; }

    public required LensUsed Lens { get; init; }

    public required string Provision { get; init; }

    /// <summary>
    /// Without gaps from the beginning of time to its end, except where a reading does not hold the provision.
    /// </summary>
    public required ImmutableArray<TimelineInterval> Intervals { get; init; }
}

/// <summary>A half-open stretch of valid time with one answer; an absent end is open.</summary>
public sealed record TimelineInterval
{
    public Instant? From { get; init; }

    public Instant? Until { get; init; }

    public required string Reading { get; init; }

    public required Life Life { get; init; }

    public required Verdict Verdict { get; init; }

    public required Reason Reason { get; init; }

    public required ImmutableArray<Deciding> DecidedBy { get; init; }
}
