using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Domain.Reports;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Server.Reports;

/// <summary>A report as it stands.</summary>
public sealed record ReportSummary
{
    public required Guid Report { get; init; }

    /// <summary>Where it was filed.</summary>
    public required long Position { get; init; }

    public required Instant RecordedAt { get; init; }

    public required Instant SaidAt { get; init; }

    /// <summary>live, refuted or retracted.</summary>
    public required string State { get; init; }

    public required Level Level { get; init; }

    /// <summary>The entry that holds <see cref="Content"/>: the filing or the latest live correction.</summary>
    public required Guid ContentFrom { get; init; }

    public required ImmutableArray<Guid> LinkedWith { get; init; }

    public required Report Content { get; init; }

    public static ReportSummary Of(ReportStanding standing) =>
        new()
        {
            Report = standing.Filing.Id,
            Position = standing.Filing.Position,
            RecordedAt = standing.Filing.RecordedAt,
            SaidAt = standing.Filing.SaidAt,
            State =
                !standing.Live ? "retracted"
                : standing.Level == Level.Refuted ? "refuted"
                : "live",
            Level = standing.Level,
            ContentFrom = standing.ContentFrom.Id,
            LinkedWith = standing.LinkedWith,
            Content = standing.Content,
        };

    public JsonObject ToJson(AgreementId agreement)
    {
        var json = JsonSerializer.SerializeToNode(this, LedgerJson.Options)!.AsObject();
        json.Insert(0, "agreement", agreement.ToString());
        return json;
    }
}

/// <param name="Next">Path and query of the next page; null on the last.</param>
public sealed record ReportsPage(string Agreement, long Position, ImmutableArray<ReportSummary> Reports, string? Next);
