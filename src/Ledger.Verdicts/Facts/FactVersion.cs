using System.Collections.Immutable;
using Ledger.Domain.Reports;

namespace Ledger.Verdicts.Facts;

/// <summary>
/// One version of a fact: what an incident was from one position on, until something about its reports changed.
/// </summary>
/// <param name="Head">Index of the filing that gives the content.</param>
/// <param name="Content">Index of the entry that holds the content.</param>
/// <param name="Assessment">Index of the entry that gave the level, or -1.</param>
/// <param name="From">Index of the entry from which on this is current.</param>
/// <param name="Until">Index of the entry from which on it is not; <see cref="FactLog.Open"/> while it still
/// is.</param>
/// <param name="Linked">Every report of the incident that counts, where there are several.</param>
/// <param name="Source">Number of the kind of source that the content has.</param>
internal readonly record struct FactVersion(
    int Head,
    int Content,
    int Assessment,
    Level Level,
    int From,
    int Until,
    ImmutableArray<FactVersion.Member> Linked,
    int Source
)
{
    /// <summary>A report of an incident of several, with its own level and what the others lift it to.</summary>
    public readonly record struct Member(
        int Filing,
        int Content,
        int Assessment,
        Level Own,
        Level Level,
        int Source,
        int Kind
    );

    public bool IsCurrent(int size) => From < size && size <= Until;

    public bool SaysTheSame(FactVersion other) =>
        Head == other.Head
        && Content == other.Content
        && Assessment == other.Assessment
        && Level == other.Level
        && Linked.AsSpan().SequenceEqual(other.Linked.AsSpan());
}
