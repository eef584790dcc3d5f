using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using NodaTime;

namespace Ledger.Server.Reports;

/// <summary>
/// What one report looks like with everything recorded about it; the lists are written from the types of entries.
/// </summary>
/// <param name="Position">Where it was filed.</param>
/// <param name="State">live, refuted or retracted.</param>
/// <param name="ContentFrom">The entry that holds the content: the filing or the latest live correction.</param>
/// <param name="LinkedWith">Reports of the same incident.</param>
/// <param name="Content">What it says now.</param>
/// <param name="Filing">The entry that filed it.</param>
/// <param name="Corrections">Later versions.</param>
/// <param name="Proposals">Findings that await a second person, or awaited one.</param>
/// <param name="Assessments">Findings.</param>
/// <param name="Questions">Questions with which it was sent back.</param>
/// <param name="Answers">Answers to those.</param>
/// <param name="Responses">What parties say to it.</param>
/// <param name="Links">Findings that several reports are of one incident.</param>
/// <param name="Evidence">Files that were attached.</param>
/// <param name="Retractions">What no longer counts.</param>
public sealed record ReportAnswer(
    string Agreement,
    Guid Report,
    long Position,
    Instant RecordedAt,
    Instant SaidAt,
    string State,
    Level Level,
    Guid ContentFrom,
    ImmutableArray<Guid> LinkedWith,
    Report Content,
    EntryAboutReport Filing,
    ImmutableArray<EntryAboutReport> Corrections,
    ImmutableArray<EntryAboutReport> Proposals,
    ImmutableArray<EntryAboutReport> Assessments,
    ImmutableArray<EntryAboutReport> Questions,
    ImmutableArray<EntryAboutReport> Answers,
    ImmutableArray<EntryAboutReport> Responses,
    ImmutableArray<EntryAboutReport> Links,
    ImmutableArray<EntryAboutReport> Evidence,
    ImmutableArray<EntryAboutReport> Retractions
);

/// <summary>An entry that speaks of a report.</summary>
/// <param name="Type">The type of its event, such as <c>report_corrected</c>.</param>
/// <param name="Live">Whether it counts.</param>
/// <param name="Data">The event; what is sealed is in it where you may open it.</param>
/// <param name="Signature">What the reporter's device signed, where sealed values were opened.</param>
public sealed record EntryAboutReport(
    long Position,
    Guid Entry,
    string Type,
    Instant RecordedAt,
    Instant SaidAt,
    bool Live,
    JsonObject Data,
    ReportSignature? Signature
);
