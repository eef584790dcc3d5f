using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using NodaTime;

namespace Ledger.Verdicts.Answers;

/// <summary>All provisions at one point.</summary>
public sealed record StatusAnswer
{
    public required string Agreement { get; init; }

    /// <summary>The position used: the answer is a function of the entries up to it.</summary>
    public required long Position { get; init; }

    /// <summary>Version of the agreement file used.</summary>
    public required string Reading { get; init; }

    public required Instant AsOf { get; init; }

    public required LensUsed Lens { get; init; }

    public required ImmutableArray<VerdictAnswer> Verdicts { get; init; }
}

/// <summary>How one provision stands, with everything that pins the answer.</summary>
public sealed record VerdictAnswer
{
    public required string Agreement { get; init; }

    public required long Position { get; init; }

    public required string Reading { get; init; }

    public required Instant AsOf { get; init; }

    public required LensUsed Lens { get; init; }

    public required string Provision { get; init; }

    public string? Article { get; init; }

    public required ImmutableSortedDictionary<string, string> Title { get; init; }

    /// <summary>achieve, forbid, maintain, recur, limit or judged.</summary>
    public required string Kind { get; init; }

    public required Life Life { get; init; }

    public required Verdict Verdict { get; init; }

    public required Reason Reason { get; init; }

    /// <summary>
    /// Start of the stretch, up to <see cref="AsOf"/>, with this verdict and reason; null when it has always been so.
    /// </summary>
    public Instant? Since { get; init; }

    /// <summary>
    /// The end of the last day in time, which is excluded, or the instant at which hours run out, included; of the
    /// deciding instance where there are several.
    /// </summary>
    public Instant? Deadline { get; init; }

    public Instant? FulfilledAt { get; init; }

    public Instant? LateAt { get; init; }

    public Instant? CuredAt { get; init; }

    public Counts? Counts { get; init; }

    public Progress? Progress { get; init; }

    public required Bounds Bounds { get; init; }

    public required ImmutableArray<Instance> Instances { get; init; }

    /// <summary>
    /// How many instances are not listed, because an answer lists a thousand, the worst and latest; null when all are.
    /// </summary>
    public int? InstancesOmitted { get; init; }

    public required ImmutableArray<Deciding> DecidedBy { get; init; }
}

/// <summary>The lens with every choice made.</summary>
public sealed record LensUsed
{
    public required Level Threshold { get; init; }

    public required Certainty Match { get; init; }

    /// <summary>The version that was asked for; null when the latest live one was taken.</summary>
    public string? Reading { get; init; }

    public Instant? SaidBy { get; init; }

    public SourceFilter? Sources { get; init; }

    public ImmutableArray<Guid>? Without { get; init; }

    /// <summary>Supposed entries as <c>type</c> and <c>data</c>.</summary>
    public ImmutableArray<JsonObject>? Suppose { get; init; }
}

/// <summary>How often a provision was violated by then.</summary>
public sealed record Counts(int Violations, Instant First, Instant Last);

/// <summary>How far a running sum has come.</summary>
public sealed record Progress(string Quantity, long Reached, long AtLeast);

/// <summary>The verdict if everything in doubt is taken for the duty-bound, and against them.</summary>
public sealed record Bounds
{
    public required Verdict Best { get; init; }

    public required Verdict Worst { get; init; }

    /// <summary>False is contested.</summary>
    public required bool Settled { get; init; }

    /// <summary>
    /// The reports of the facts that count in one bound and not in the other, or not for as much: without all of them the
    /// bounds would be the same. Of more than fifty facts those of the first and the last twenty-five.
    /// </summary>
    public required ImmutableArray<Deciding> SeparatedBy { get; init; }

    /// <summary>How many facts between the first and the last are not listed; null when all are.</summary>
    public int? SeparatedByOmitted { get; init; }
}

/// <summary>
/// One duty under a provision: per trigger (achieve), per subject (maintain), or the provision itself.
/// </summary>
public sealed record Instance
{
    /// <summary>The subject.</summary>
    public string? Key { get; init; }

    public Instant? TriggeredAt { get; init; }

    /// <summary>
    /// The end of the last day in time, which is excluded, or the instant at which hours run out, included; null while
    /// it stands still.
    /// </summary>
    public Instant? Deadline { get; init; }

    public required Verdict Verdict { get; init; }

    public Instant? FulfilledAt { get; init; }

    public Instant? LateAt { get; init; }

    public Instant? CuredAt { get; init; }

    public Progress? Progress { get; init; }

    /// <summary>Forbidden acts.</summary>
    public ImmutableArray<Violation>? Violations { get; init; }

    /// <summary>
    /// How many earlier violations are not listed, because an answer lists a thousand; null when all are.
    /// </summary>
    public int? ViolationsOmitted { get; init; }

    /// <summary>
    /// When the subject was where it must not be, or was not where it must be, within the time in force.
    /// </summary>
    public ImmutableArray<Stretch>? Intervals { get; init; }

    /// <summary>When the recurring act was overdue.</summary>
    public ImmutableArray<Stretch>? Gaps { get; init; }

    /// <summary>How much there is, where that is limited; null before the first count.</summary>
    public Stock? Stock { get; init; }

    /// <summary>Calendar periods that were missed or came out short unwatched, the latest thousand; then the running one.</summary>
    public ImmutableArray<PeriodStanding>? Periods { get; init; }

    public required ImmutableArray<Deciding> DecidedBy { get; init; }
}

/// <summary>How much there is of a quantity: the last counts and what came and went since.</summary>
/// <param name="Low">The lowest that the facts allow.</param>
/// <param name="High">The highest.</param>
public sealed record Stock(string Quantity, long Low, long High);

/// <summary>A calendar period: breached where it was missed, pending while it runs.</summary>
/// <param name="Sums">How far each of its sums has come; null where one act is asked for.</param>
public sealed record PeriodStanding(Instant From, Instant Until, Verdict Verdict, ImmutableArray<Progress>? Sums);

/// <summary>One forbidden act.</summary>
public sealed record Violation(string? Key, Instant At, Guid Entry);

/// <summary>Half-open; without an end it lasts.</summary>
public sealed record Stretch(Instant? From, Instant? Until);

/// <summary>An entry that decided an answer, and the part it played.</summary>
public sealed record Deciding
{
    public required Guid Entry { get; init; }

    /// <summary>Null for a supposed entry.</summary>
    public long? Position { get; init; }

    public required Role Role { get; init; }

    /// <summary>Level of the fact; null for what is no report.</summary>
    public Level? Level { get; init; }

    /// <summary>Start of the occurrence as the incident has it, or from when the power or finding has effect.</summary>
    public required Instant At { get; init; }

    public string? Subject { get; init; }
}
