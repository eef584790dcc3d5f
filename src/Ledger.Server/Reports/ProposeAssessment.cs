using System.Collections.Immutable;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Store.People;
using Ledger.Store.Reading;
using Ledger.Store.Reports;
using NodaTime;
using Wolverine.Http;

namespace Ledger.Server.Reports;

/// <param name="Entry">The proposal's entry id: what an assessment that agrees with it names.</param>
/// <param name="Mine">Whether the asker proposed it, and so cannot be the second person.</param>
public sealed record WaitingProposal(
    Guid Entry,
    long Position,
    Instant RecordedAt,
    Guid Report,
    string Kind,
    Level Level,
    string Grounds,
    string? By,
    bool Mine
);

public sealed record WaitingProposals(string Agreement, ImmutableArray<WaitingProposal> Proposals);

/// <summary>A finding that takes two people, and those that wait for the second.</summary>
public sealed class ProposeAssessment(
    Submission submission,
    LedgerReader reader,
    Proposals proposals,
    PeopleRegister people
)
{
    [WolverinePost("/api/v1/reports/{report}/proposed-assessments")]
    [Permit(Permission.Review)]
    [Describe(
        "proposeAssessment",
        "Propose an assessment that needs two people",
        Detail = "It does not count yet. A second person agrees with an assessment of the same level that names this entry as its `proposal`.",
        Takes = ["assessment_proposed"],
        Gives = typeof(ReceiptBody)
    )]
    public Task<IResult> Post(string report, HttpRequest request) =>
        submission.RecordAboutAsync(
            report,
            "report_filed",
            request,
            EventBodies.Of("assessment_proposed", ("target", report))
        );

    [WolverineGet("/api/v1/agreements/{id}/proposed-assessments")]
    [Permit(Permission.Read)]
    [Describe(
        "listProposedAssessments",
        "Proposed assessments that wait for a second person",
        Gives = typeof(WaitingProposals)
    )]
    public async Task<IResult> Get(string id, HttpContext context)
    {
        var cancellation = context.RequestAborted;
        if (await reader.SizeAsync(id, cancellation) == 0)
            return ErrorAnswer.NoAgreement(id);
        var open = await proposals.OpenAsync(id, cancellation);
        var filers = await people.FilersOfAsync([.. open.Select(waiting => waiting.Proposal.Id)], cancellation);
        return new JsonAnswer(
            new WaitingProposals(
                id,
                [
                    .. open.Select(waiting =>
                        Shown(
                            waiting.Proposal,
                            waiting.Report,
                            filers.GetValueOrDefault(waiting.Proposal.Id) is { } filer
                                && filer == context.Caller()?.Person
                        )
                    ),
                ]
            )
        );
    }

    private static WaitingProposal Shown(Entry entry, ReportHistory report, bool mine)
    {
        var proposed = (AssessmentProposed)entry.Event;
        return new(
            entry.Id,
            entry.Position,
            entry.RecordedAt,
            proposed.Target,
            report.Report.Kind,
            proposed.Level,
            proposed.Grounds,
            proposed.By,
            mine
        );
    }
}
