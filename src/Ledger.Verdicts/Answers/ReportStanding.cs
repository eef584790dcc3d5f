using System.Collections.Immutable;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;

namespace Ledger.Verdicts.Answers;

/// <summary>A report as it stands at a position, whether it counts or not.</summary>
/// <param name="Filing">The entry that filed it.</param>
/// <param name="Content">The latest live correction, else the filing.</param>
/// <param name="ContentFrom">The entry that holds the content.</param>
/// <param name="Level">The latest live assessment, else the level at filing; what links corroborate is not in
/// it.</param>
/// <param name="Live">False is retracted.</param>
/// <param name="LinkedWith">Reports of the same incident, in order of their filing.</param>
public sealed record ReportStanding(
    Entry Filing,
    Report Content,
    Entry ContentFrom,
    Level Level,
    bool Live,
    ImmutableArray<Guid> LinkedWith
);
