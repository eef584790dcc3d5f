using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Cli.Reports.Importing;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using NodaTime;

namespace Ledger.Cli.Reports;

/// <summary>A report as it stands.</summary>
public record ReportLine
{
    public required Guid Report { get; init; }

    public required long Position { get; init; }

    public required Instant RecordedAt { get; init; }

    public required Instant SaidAt { get; init; }

    /// <summary>live, refuted or retracted.</summary>
    public required string State { get; init; }

    public required Level Level { get; init; }

    public ImmutableArray<Guid> LinkedWith { get; init; } = [];

    public required Report Content { get; init; }
}

/// <summary>A report with everything that was recorded about it.</summary>
public sealed record ReportPage : ReportLine
{
    public required string Agreement { get; init; }

    public ReportEntry? Filing { get; init; }

    public ImmutableArray<ReportEntry> Corrections { get; init; } = [];

    public ImmutableArray<ReportEntry> Proposals { get; init; } = [];

    public ImmutableArray<ReportEntry> Questions { get; init; } = [];

    public ImmutableArray<ReportEntry> Answers { get; init; } = [];

    public ImmutableArray<ReportEntry> Assessments { get; init; } = [];

    public ImmutableArray<ReportEntry> Responses { get; init; } = [];

    public ImmutableArray<ReportEntry> Links { get; init; } = [];

    public ImmutableArray<ReportEntry> Evidence { get; init; } = [];

    public ImmutableArray<ReportEntry> Retractions { get; init; } = [];

    /// <summary>In the order in which they were recorded.</summary>
    public IEnumerable<ReportEntry> Entries =>
        new[] { Filing }
            .OfType<ReportEntry>()
            .Concat(Corrections)
            .Concat(Questions)
            .Concat(Answers)
            .Concat(Proposals)
            .Concat(Assessments)
            .Concat(Responses)
            .Concat(Links)
            .Concat(Evidence)
            .Concat(Retractions)
            .OrderBy(entry => entry.Position);
}

/// <summary>One entry about a report.</summary>
public sealed record ReportEntry(
    long Position,
    Guid Entry,
    string Type,
    Instant RecordedAt,
    Instant SaidAt,
    bool Live,
    JsonElement Data
)
{
    public LedgerEvent Event => (LedgerEvent)Data.Deserialize(EventTypes.ByName[Type], LedgerJson.Options)!;
}

/// <summary>A page of reports in the order of their filing.</summary>
public sealed record ReportList(long Position, ImmutableArray<ReportLine> Reports, string? Next);
