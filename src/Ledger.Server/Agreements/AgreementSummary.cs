using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using NodaTime;

namespace Ledger.Server.Agreements;

/// <summary>An agreement in a list.</summary>
public sealed record AgreementSummary
{
    public required string Id { get; init; }

    public required ImmutableSortedDictionary<string, string> Title { get; init; }

    public required string Version { get; init; }

    public required LocalDate Signed { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>The last position of its ledger.</summary>
    public required long Position { get; init; }

    public required Instant RecordedAt { get; init; }

    public required ImmutableArray<string> Provisions { get; init; }

    /// <summary>Where its verdicts are.</summary>
    public string Verdicts => $"/api/v1/agreements/{Id}/verdicts";

    /// <summary>The whole file, where one agreement was asked for.</summary>
    public JsonObject? File { get; init; }

    public static AgreementSummary Of(Agreement agreement, long position, Instant recordedAt) =>
        new()
        {
            Id = agreement.Id,
            Title = agreement.Title.ByLanguage,
            Version = agreement.Version,
            Signed = agreement.Signed,
            TimeZone = agreement.TimeZone.Id,
            Position = position,
            RecordedAt = recordedAt,
            Provisions = [.. agreement.Provisions.Select(provision => provision.Id)],
        };
}

public sealed record AgreementList(ImmutableArray<AgreementSummary> Agreements);

public sealed record VersionList(string Agreement, long Position, ImmutableArray<AgreementText> Versions);

public sealed record PartyList(string Agreement, long Position, JsonNode? Parties);

public sealed record CodebookAnswer(string Agreement, long Position, JsonNode? Codebook);
