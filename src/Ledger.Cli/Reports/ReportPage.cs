using System.Text.Json.Nodes;

namespace Ledger.Cli.Reports;

/// <summary>A report as the server shows it.</summary>
public sealed record ReportPage
{
    public required Guid Id { get; init; }

    public required string Agreement { get; init; }

    /// <summary>Its content as it stands.</summary>
    public required JsonObject Report { get; init; }
}
