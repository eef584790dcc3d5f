using Ledger.Domain.Evidence;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Limits;
using Ledger.Server.Requests;
using Ledger.Store.Evidence;
using Ledger.Store.Reading;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Wolverine.Http;

namespace Ledger.Server.Evidence;

/// <param name="MediaType">What its content looks like.</param>
/// <param name="Attached">Whether an entry of the ledger says that it belongs to the report.</param>
public sealed record KeptFile(string Sha256, long Size, string MediaType, bool Attached);

/// <summary>The file itself, before or after the entry that attaches it.</summary>
public sealed class KeepEvidence(LedgerReader reader, EvidenceFiles files, EvidenceRoom room)
{
    [WolverinePut("/api/v1/reports/{report}/evidence/{sha256}"), Streams]
    [Permit(Permission.File, Permission.Review)]
    [Describe(
        "keepEvidence",
        "Upload a file of evidence",
        Detail = "The body is the file, its type in `Content-Type`. It must hash to the address. Sending it again is harmless; a file becomes readable once an entry attaches it to the report.",
        Form = BodyForm.File,
        Gives = typeof(KeptFile),
        Succeeds = [200, 201]
    )]
    public async Task<IResult> Put(string report, string sha256, HttpRequest request)
    {
        var cancellation = request.HttpContext.RequestAborted;
        if (await NamedEvidence.FindAsync(reader, report, sha256, cancellation) is not { } named)
            return NamedEvidence.NoSuch(report, sha256);
        if (DeclaredType(request) is not { } declared)
            return RequestBody.WrongType(
                request,
                "image/jpeg', or another of 'image, video, audio, PDF, office, archive and text types, or 'application/octet-stream"
            );
        if (request.ContentLength > files.Most)
            return TooLarge($"The file has {request.ContentLength} bytes; at most {files.Most} are accepted here.");

        var before = files.Find(named.Agreement, sha256);
        var person = request.HttpContext.Caller()!.Person;
        if (
            before is null
            && await room.LookAsync(named.Agreement, person, sha256, request.ContentLength ?? 0, cancellation)
                is { } none
        )
            return Refusal(none);

        // One more than the most is enough to tell that there are too many.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = files.Most + 1;
        try
        {
            var kept = await files.KeepAsync(named.Agreement, sha256, declared, request.Body, AdmitAsync, cancellation);
            return new JsonAnswer(new KeptFile(sha256, kept.Size, kept.Type.MediaType, named.Attached))
            {
                Status = before is null ? StatusCodes.Status201Created : StatusCodes.Status200OK,
                Location = request.Path,
            };
        }
        catch (EvidenceRefusedException refused)
        {
            return refused.Fault switch
            {
                EvidenceFault.TooLarge => TooLarge(refused.Message),
                EvidenceFault.Empty => new ErrorAnswer(ErrorCodes.BodyEmpty, refused.Message),
                EvidenceFault.OtherDigest => new ErrorAnswer("evidence/other-digest", refused.Message),
                EvidenceFault.OtherType => new ErrorAnswer("evidence/other-type", refused.Message),
                _ => new ErrorAnswer("evidence/program", refused.Message),
            };
        }
        catch (NoRoomException full)
        {
            return Refusal(full.NoRoom);
        }
        catch (StorageFullException)
        {
            return new ErrorAnswer(
                ErrorCodes.NoRoom,
                "There is no space for files at the moment. Nothing of the file was stored; send it again later."
            );
        }

        async Task AdmitAsync(long size)
        {
            // What was there already, and is sent again, is counted.
            if (before is null && await room.TakeAsync(named.Agreement, person, sha256, size, cancellation) is { } none)
                throw new NoRoomException(none);
        }
    }

    private static ErrorAnswer Refusal(NoRoom full) =>
        full.OfPerson
            ? new ErrorAnswer(
                ErrorCodes.NoRoomOfPerson,
                $"Your files have {full.Taken} bytes; the limit for one person is {full.Most} (LEDGER_EVIDENCE_PERSON). Nothing of this file was stored. Send a smaller copy, or ask the operator of the server for more space and send it again."
            )
            : new ErrorAnswer(
                ErrorCodes.NoRoomOfAgreement,
                $"The files of this agreement have {full.Taken} bytes; the limit is {full.Most} (LEDGER_EVIDENCE_AGREEMENT). Nothing of this file was stored. Ask the operator of the server for more space and send it again."
            );

    private sealed class NoRoomException(NoRoom full) : Exception
    {
        public NoRoom NoRoom => full;
    }

    private static ErrorAnswer TooLarge(string message) => new(ErrorCodes.BodyTooLarge, message);

    private static FileType? DeclaredType(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && request.Headers.ContentEncoding.Count == 0
            ? FileType.Find(type.MediaType.Value ?? "")
            : null;
}
