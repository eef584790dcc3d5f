using Ledger.Domain.Entries;
using Ledger.Domain.Evidence;
using Ledger.Domain.Identities;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Store.Evidence;
using Ledger.Store.Reading;
using Wolverine.Http;

namespace Ledger.Server.Evidence;

/// <summary>
/// A file held beside the ledger that belongs to a report, by its digest. If the file has arrived, what is said of it
/// must be so.
/// </summary>
public sealed class AttachEvidence(Submission submission, LedgerReader reader, EvidenceFiles files)
{
    [WolverinePost("/api/v1/reports/{report}/evidence")]
    [Permit(Permission.File, Permission.Review)]
    [Describe(
        "attachEvidence",
        "Attach a file's digest to a report",
        Takes = ["evidence_attached"],
        Gives = typeof(ReceiptBody)
    )]
    public async Task<IResult> Post(string report, HttpRequest request)
    {
        var agreement = Guid.TryParseExact(report, "D", out var id)
            ? (await reader.EntryAsync(id, request.HttpContext.RequestAborted))?.Agreement
            : null;
        var read = EventBodies.Of("evidence_attached", ("target", report));
        return await submission.RecordAboutAsync(
            report,
            "report_filed",
            request,
            (body, zone) => read(body, zone).Then(said => Compare(said, (EvidenceAttached)said, agreement!.Value))
        );
    }

    private Parsed<LedgerEvent> Compare(LedgerEvent said, EvidenceAttached stated, AgreementId agreement)
    {
        if (files.Find(agreement, stated.Sha256) is not { } file)
            return new Parsed<LedgerEvent>.Good(said);
        var problems = new Problems();
        if (stated.Size != file.Size)
            problems.Add(
                "evidence/other-size",
                "/size",
                $"The file that arrived has {file.Size} bytes, not {stated.Size}."
            );
        if (FileType.Find(stated.MediaType)?.Covers(file.Type) != true)
            problems.Add(
                "evidence/other-type",
                "/mediaType",
                $"The file that arrived looks like {file.Type.MediaType}, not '{stated.MediaType}'."
            );
        return problems.Any ? new Parsed<LedgerEvent>.Bad(problems.ToImmutable()) : new Parsed<LedgerEvent>.Good(said);
    }
}
