using System.Collections.Immutable;
using NodaTime;

namespace Ledger.Verdicts.Answers;

/// <summary>What was said about one valid time as the ledger grew.</summary>
public sealed record HistoryAnswer
{
    public required string Agreement { get; init; }

    public required string Provision { get; init; }

    public required Instant AsOf { get; init; }

    /// <summary>The last position looked at.</summary>
    public required long Position { get; init; }

    public required LensUsed Lens { get; init; }

    public required ImmutableArray<HistoryStep> Steps { get; init; }
}

/// <summary>From one position on, until the next step, this was the answer.</summary>
/// <param name="Position">The position whose entry changed the answer.</param>
/// <param name="Standing">The answer; null while the reading holds no such provision.</param>
/// <param name="Entry">The entry that changed it.</param>
public sealed record HistoryStep(long Position, Standing? Standing, Cited Entry);

/// <summary>Which entries turned one answer into another.</summary>
public sealed record WhyChangedAnswer
{
    public required string Agreement { get; init; }

    public required string Provision { get; init; }

    public required Point From { get; init; }

    public required Point To { get; init; }

    public Standing? Before { get; init; }

    public Standing? After { get; init; }

    public required bool Changed { get; init; }

    /// <summary>
    /// Each entry that is new at the later point and without which the answer there would be another.
    /// </summary>
    public required ImmutableArray<Flip> FlippedBy { get; init; }

    /// <summary>The change in a sentence.</summary>
    public required string Conclusion { get; init; }
}

/// <summary>Entries that change the answer when they are left out, and what it would be.</summary>
public sealed record Flip(ImmutableArray<Cited> Entries, Standing? Without);

/// <summary>Minimal sets of reports whose retraction would change the verdict.</summary>
public sealed record FlipsAnswer
{
    public required string Agreement { get; init; }

    public required string Provision { get; init; }

    public required Point At { get; init; }

    public required Standing Standing { get; init; }

    /// <summary>Sets of one, then of two reports neither of which would do alone.</summary>
    public required ImmutableArray<Flip> Sets { get; init; }

    /// <summary>
    /// False when there were too many reports to try every one and every pair; those that decide were.
    /// </summary>
    public required bool Complete { get; init; }
}

/// <summary>The difference between two points.</summary>
public sealed record DiffAnswer
{
    public required string Agreement { get; init; }

    public required Point From { get; init; }

    public required Point To { get; init; }

    /// <summary>
    /// Provisions whose answer differs in anything that a <see cref="Standing"/> shows but the name of the reading.
    /// </summary>
    public required ImmutableArray<ProvisionChange> Provisions { get; init; }

    /// <summary>Ids of the provisions that stand as they stood.</summary>
    public required ImmutableArray<string> Unchanged { get; init; }

    /// <summary>Reports that count as facts at the later point only.</summary>
    public required ImmutableArray<Cited> Added { get; init; }

    /// <summary>Reports with other content, as they are at the later point.</summary>
    public required ImmutableArray<Cited> Corrected { get; init; }

    /// <summary>Reports with another level, as they are at the later point.</summary>
    public required ImmutableArray<Cited> Reassessed { get; init; }

    /// <summary>
    /// Reports that count at the earlier point only, because they were retracted or refuted, or do not pass the lens.
    /// </summary>
    public required ImmutableArray<Cited> Removed { get; init; }
}

/// <summary>A provision before and after; null where the reading holds none of that id.</summary>
public sealed record ProvisionChange(
    string Provision,
    ImmutableSortedDictionary<string, string> Title,
    Standing? Before,
    Standing? After
)
{
    /// <summary>Why it stood as it did before, in one or two sentences in English.</summary>
    public string? WhyBefore { get; init; }

    /// <summary>Why it stands as it does after.</summary>
    public string? WhyAfter { get; init; }

    /// <summary>The words and the rule before; told where the two points are judged by different readings.</summary>
    public Clause? ClauseBefore { get; init; }

    /// <summary>The words and the rule after; told where the two points are judged by different readings.</summary>
    public Clause? ClauseAfter { get; init; }
}
