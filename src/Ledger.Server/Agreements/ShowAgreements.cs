using Ledger.Server.Answers;
using Ledger.Server.Requests;
using Ledger.Store.Reading;
using Ledger.Verdicts;
using Wolverine.Http;

namespace Ledger.Server.Agreements;

/// <summary>What there is, and what each agreement says.</summary>
public sealed class ShowAgreements(LedgerReader reader, OpenBooks books)
{
    [WolverineGet("/api/v1/agreements")]
    public async Task<IResult> Get(CancellationToken cancellation) =>
        new JsonAnswer(new { Agreements = (await reader.AgreementsAsync(cancellation)).Select(head => AgreementSummary.Of(head.Agreement, head.Size, head.RecordedAt)).ToArray() });

    [WolverineGet("/api/v1/agreements/{id}")]
    public Task<IResult> GetOne(string id, CancellationToken cancellation) => FromAsync(id, book =>
        AgreementSummary.Of(book.Agreement!, book.Position, book.Entries[^1].RecordedAt) with { File = AgreementText.Of(book).File }, cancellation);

    [WolverineGet("/api/v1/agreements/{id}/versions")]
    public Task<IResult> GetVersions(string id, CancellationToken cancellation) => FromAsync(id, book => new { Agreement = id, book.Position, Versions = AgreementText.All(book).ToArray() }, cancellation);

    [WolverineGet("/api/v1/agreements/{id}/parties")]
    public Task<IResult> GetParties(string id, CancellationToken cancellation) => FromAsync(id, book => new { Agreement = id, book.Position, Parties = AgreementText.Of(book).File["parties"] }, cancellation);

    [WolverineGet("/api/v1/agreements/{id}/codebook")]
    public Task<IResult> GetCodebook(string id, CancellationToken cancellation) => FromAsync(id, book => new { Agreement = id, book.Position, Codebook = AgreementText.Of(book).File["codebook"] }, cancellation);

    private async Task<IResult> FromAsync(string id, Func<Book, object> answer, CancellationToken cancellation) =>
        await books.OpenAsync(id, cancellation) is { } open ? new JsonAnswer(open.Read(answer)) : ErrorAnswer.NoAgreement(id);
}
