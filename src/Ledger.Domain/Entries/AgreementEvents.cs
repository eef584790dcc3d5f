using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Places;
using NodaTime;

namespace Ledger.Domain.Entries;

/// <summary>The agreement file, whole. The first entry of every ledger and nowhere else.</summary>
public sealed record AgreementAdopted : LedgerEvent
{
    /// <summary>The file as canonical JSON.</summary>
    public required JsonObject File { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the source text of the file.</summary>
    public required string SourceSha256 { get; init; }
}

/// <summary>A new version of the file: another reading, an amendment, a protocol.</summary>
public sealed record AgreementRevised : LedgerEvent
{
    public required JsonObject File { get; init; }

    public required string SourceSha256 { get; init; }

    /// <summary>First day to which the new version applies.</summary>
    public required LocalDate AppliesFrom { get; init; }

    public required string Reason { get; init; }

    public string? By { get; init; }
}

/// <summary>The geometry of a zone, and from the start of which day it is in force.</summary>
public sealed record ZoneDelimited : LedgerEvent
{
    public required string Zone { get; init; }

    public required LocalDate From { get; init; }

    public required GeoShape Inner { get; init; }

    public required GeoShape Outer { get; init; }

    public required string Source { get; init; }

    public string? By { get; init; }
}

/// <summary>The parties' powers over their provisions: who, on what basis, with effect from which instant.</summary>
public abstract record PowerExercised : LedgerEvent
{
    public required Instant Effective { get; init; }

    /// <summary>The document or decision that exercises the power.</summary>
    public required string Basis { get; init; }

    public string? By { get; init; }
}

public sealed record ProvisionSuspended : PowerExercised
{
    public required string Provision { get; init; }

    /// <summary>Whether a running deadline stands still meanwhile.</summary>
    public bool DeadlineStandsStill { get; init; }
}

public sealed record ProvisionResumed : PowerExercised
{
    public required string Provision { get; init; }
}

public sealed record ProvisionDischarged : PowerExercised
{
    public required string Provision { get; init; }
}

public sealed record DeadlineExtended : PowerExercised
{
    public required string Provision { get; init; }

    /// <summary>The new day, in place of the one the file names.</summary>
    public required LocalDate To { get; init; }

    /// <summary>The instance whose deadline moves, by its subject; null moves all.</summary>
    public string? Subject { get; init; }
}

public sealed record AgreementTerminated : PowerExercised;

/// <summary>From when to when, where and how somebody was watching.</summary>
public sealed record CoverageRecorded : LedgerEvent
{
    /// <summary>Half-open, like every interval.</summary>
    public required Instant From { get; init; }

    public required Instant Until { get; init; }

    /// <summary>Zones watched; empty is the whole area of the agreement.</summary>
    public ImmutableArray<string> Zones { get; init; } = [];

    /// <summary>Who watched.</summary>
    public required string By { get; init; }

    /// <summary>How: on foot, by drone, from satellite pictures.</summary>
    public string? Method { get; init; }
}
