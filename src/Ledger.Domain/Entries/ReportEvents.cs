using System.Collections.Immutable;
using Ledger.Domain.Reports;

namespace Ledger.Domain.Entries;

/// <summary>A claim by one source that something happened. Its entry id is the report's id.</summary>
public sealed record ReportFiled : LedgerEvent
{
    public required Report Report { get; init; }
}

/// <summary>The same report with new content, and why.</summary>
public sealed record ReportCorrected : LedgerEvent
{
    /// <summary>Entry id of the filing.</summary>
    public required Guid Target { get; init; }

    public required Report Report { get; init; }

    public required string Reason { get; init; }

    public string? By { get; init; }
}

/// <summary>A reviewer's finding on a report.</summary>
public sealed record ReportAssessed : LedgerEvent
{
    /// <summary>Entry id of the filing.</summary>
    public required Guid Target { get; init; }

    public required Level Level { get; init; }

    public required string Grounds { get; init; }

    public string? By { get; init; }

    public Origin? Origin { get; init; }

    /// <summary>
    /// Entry id of another person's <see cref="AssessmentProposed"/> that this one agrees with; null is a finding of
    /// one person.
    /// </summary>
    public Guid? Proposal { get; init; }
}

/// <summary>
/// One person finds a level that the agreement wants two people for. It changes no verdict; a
/// <see cref="ReportAssessed"/> of somebody else that names it does.
/// </summary>
public sealed record AssessmentProposed : LedgerEvent
{
    /// <summary>Entry id of the filing.</summary>
    public required Guid Target { get; init; }

    public required Level Level { get; init; }

    public required string Grounds { get; init; }

    public string? By { get; init; }
}

/// <summary>
/// A reviewer asks whoever filed the report something before going on. It says nothing about what happened, and changes
/// no verdict.
/// </summary>
public sealed record ReportSentBack : LedgerEvent
{
    /// <summary>Entry id of the filing.</summary>
    public required Guid Target { get; init; }

    public required string Question { get; init; }

    /// <summary>Which parts of the report it concerns, by their names on the wire; empty is the whole report.</summary>
    public ImmutableArray<string> Fields { get; init; } = [];

    public string? By { get; init; }
}

/// <summary>
/// Whoever filed the report answers in words. What changes the report is a <see cref="ReportCorrected"/>.
/// </summary>
public sealed record QuestionAnswered : LedgerEvent
{
    /// <summary>Entry id of the <see cref="ReportSentBack"/>.</summary>
    public required Guid Target { get; init; }

    public required string Words { get; init; }

    public string? By { get; init; }
}

/// <summary>These reports speak of one incident. Links chain: what shares a report shares the incident.</summary>
public sealed record ReportsLinked : LedgerEvent
{
    public required ImmutableArray<Guid> Reports { get; init; }

    public string? Reason { get; init; }

    public string? By { get; init; }
}

/// <summary>A party admits, denies, justifies or disputes a report. Stands beside verdicts, never in them.</summary>
public sealed record PartyResponded : LedgerEvent
{
    public required Guid Target { get; init; }

    public required string Party { get; init; }

    public required ResponseStance Stance { get; init; }

    /// <summary>Its words, or a summary of them.</summary>
    public string? Words { get; init; }

    public Origin? Origin { get; init; }
}

public enum ResponseStance
{
    Admits,
    Denies,
    Justifies,
    Disputes,
}

/// <summary>A file held beside the ledger that belongs to a report.</summary>
public sealed record EvidenceAttached : LedgerEvent
{
    public required Guid Target { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the file.</summary>
    public required string Sha256 { get; init; }

    public required string MediaType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }
}

/// <summary>
/// Somebody says how provisions are being kept. Stands beside verdicts; only an adjudicator's finding enters one.
/// </summary>
public sealed record StatementRecorded : LedgerEvent
{
    public required ImmutableArray<string> Provisions { get; init; }

    public required StatementStance Stance { get; init; }

    /// <summary>Who says so: a ministry, an envoy, an observatory.</summary>
    public required string By { get; init; }

    /// <summary>The party for which it speaks.</summary>
    public string? Party { get; init; }

    /// <summary>The adjudicator of the agreement whose finding this is.</summary>
    public string? Adjudicator { get; init; }

    /// <summary>From when, in its author's view; null is from when it was said.</summary>
    public NodaTime.Instant? Since { get; init; }

    public string? Summary { get; init; }

    public Origin? Origin { get; init; }
}

public enum StatementStance
{
    Kept,
    Broken,
    Partly,
    InProgress,
    Disputed,
    Refused,
    Inconclusive,
}

/// <summary>An earlier entry no longer counts. May itself be retracted.</summary>
public sealed record EntryRetracted : LedgerEvent
{
    public required Guid Target { get; init; }

    public required string Reason { get; init; }

    public string? By { get; init; }
}

/// <summary>
/// Somebody with authority asks that sealed values be destroyed. Names a random handle, never a person.
/// </summary>
public sealed record ErasureRequested : LedgerEvent
{
    public required Guid Handle { get; init; }

    /// <summary>Positions of the entries whose sealed values the handle's key opens.</summary>
    public required ImmutableArray<long> Positions { get; init; }

    /// <summary>
    /// Names of those values, such as <c>narrative</c>: one entry may hold values of several persons, and the authority
    /// to destroy one's is none for another's.
    /// </summary>
    public ImmutableArray<string> Names { get; init; } = [];

    public required string Authority { get; init; }
}

/// <summary>The key is destroyed; every proof stays valid.</summary>
public sealed record ErasureConfirmed : LedgerEvent
{
    public required Guid Handle { get; init; }

    /// <summary>Entry id of the request.</summary>
    public required Guid Target { get; init; }

    public required string Authority { get; init; }
}
