using Ledger.Domain.Evidence;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Limits;
using Ledger.Store.Evidence;
using Ledger.Store.Reading;
using Microsoft.Net.Http.Headers;
using Wolverine.Http;

namespace Ledger.Server.Evidence;

/// <summary>
/// A file of evidence as a download. It is somebody else's file: no browser may take it for a page of ours.
/// </summary>
public sealed class ServeEvidence(LedgerReader reader, EvidenceFiles files)
{
    [WolverineGet("/api/v1/reports/{report}/evidence/{sha256}"), Streams]
    [Permit(Permission.File, Permission.Review, Permission.Respond, Permission.Audit, Permission.Administer)]
    [Describe(
        "showEvidence",
        "Download a file of evidence",
        Detail = "Accepts `Range`. 404 `evidence/not-found` means that the ledger names the file but it has not arrived.",
        Media = "*/*",
        Succeeds = [StatusCodes.Status200OK, StatusCodes.Status206PartialContent]
    )]
    public async Task<IResult> Get(string report, string sha256, CancellationToken cancellationToken)
    {
        if (await NamedEvidence.FindAsync(reader, report, sha256, cancellationToken) is not { Attached: true } named)
            return NamedEvidence.NoSuch(report, sha256);
        if (files.Find(named.Agreement, sha256) is not { } file)
            return new ErrorAnswer(
                ErrorCodes.NoFile,
                $"The ledger names the file {sha256}, but it has not arrived here or was removed."
            );
        var stated = named
            .Stated.Select(entry => FileType.Find(entry.MediaType))
            .LastOrDefault(type => type?.Covers(file.Type) == true);
        return new Download(file, stated ?? file.Type);
    }

    private sealed class Download(EvidenceFile file, FileType type) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var headers = httpContext.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers.CacheControl = "private, max-age=31536000, immutable";
            return Results
                .File(
                    file.Path,
                    type.MediaType,
                    file.Sha256 + type.Extension,
                    entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""),
                    enableRangeProcessing: true
                )
                .ExecuteAsync(httpContext);
        }
    }
}
