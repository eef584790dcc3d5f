using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Verdicts;
using Wolverine.Http;

namespace Ledger.Server.Agreements;

/// <summary>What there is, and what each agreement says.</summary>
public sealed class ShowAgreements(CurrentBooks books, ReadableAgreements readable)
{
    [WolverineGet("/api/v1/agreements")]
    [Permit(Permission.Everyone)]
    [Describe("listAgreements", "Every agreement that you may read", Gives = typeof(AgreementList))]
    public async Task<IResult> Get(HttpRequest request) =>
        new JsonAnswer(
            new AgreementList([
                .. (await readable.AgreementsAsync(request.HttpContext)).Select(head =>
                    AgreementSummary.Of(head.Agreement, head.Size, head.RecordedAt)
                ),
            ])
        );

    [WolverineGet("/api/v1/agreements/{id}")]
    [Permit(Permission.Read)]
    [Describe("showAgreement", "One agreement with its file", Gives = typeof(AgreementSummary))]
    public Task<IResult> GetOne(string id, CancellationToken cancellationToken) =>
        FromAsync(
            id,
            book =>
                AgreementSummary.Of(book.Agreement!, book.Position, book.Entries[^1].RecordedAt) with
                {
                    File = AgreementText.Of(book).File,
                },
            cancellationToken
        );

    [WolverineGet("/api/v1/agreements/{id}/versions")]
    [Permit(Permission.Read)]
    [Describe("showVersions", "Every version of the agreement file", Gives = typeof(VersionList))]
    public Task<IResult> GetVersions(string id, CancellationToken cancellationToken) =>
        FromAsync(id, book => new VersionList(id, book.Position, [.. AgreementText.All(book)]), cancellationToken);

    [WolverineGet("/api/v1/agreements/{id}/parties")]
    [Permit(Permission.Read)]
    [Describe("showParties", "The parties of the agreement file", Gives = typeof(PartyList))]
    public Task<IResult> GetParties(string id, CancellationToken cancellationToken) =>
        FromAsync(
            id,
            book => new PartyList(id, book.Position, AgreementText.Of(book).File["parties"]),
            cancellationToken
        );

    [WolverineGet("/api/v1/agreements/{id}/codebook")]
    [Permit(Permission.Read)]
    [Describe("showCodebook", "The codes that reports use", Gives = typeof(CodebookAnswer))]
    public Task<IResult> GetCodebook(string id, CancellationToken cancellationToken) =>
        FromAsync(
            id,
            book => new CodebookAnswer(id, book.Position, AgreementText.Of(book).File["codebook"]),
            cancellationToken
        );

    private async Task<IResult> FromAsync(string id, Func<Book, object> answer, CancellationToken cancellationToken) =>
        await books.OpenAsync(id, cancellationToken) is { } open
            ? new JsonAnswer(open.Read(answer))
            : ErrorAnswer.NoAgreement(id);
}
