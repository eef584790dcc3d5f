using System.Text.Json.Nodes;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Store.People;
using Ledger.Store.Reading;
using Ledger.Store.Writing;

namespace Ledger.Server.Requests;

/// <summary>From a body to an entry: load what reading it needs, read, propose, translate the outcome.</summary>
public sealed class Submission(SubmissionPolicy policy, LedgerWriters writers, LedgerReader reader, Devices devices)
{
    public async Task<IResult> RecordAsync(AgreementId agreement, HttpRequest request, EventBody body) =>
        await RecordAsync(agreement, await RequestBody.JsonAsync(request), body, request.HttpContext);

    /// <summary>The same with a body that was read already.</summary>
    public async Task<IResult> RecordAsync(
        AgreementId agreement,
        Parsed<JsonNode> sent,
        EventBody body,
        HttpContext context
    )
    {
        if (await reader.TextAsync(agreement, context.RequestAborted) is not { } text)
            return ErrorAnswer.NoAgreement(agreement);

        return sent.Then(json => body(json, text.TimeZone)) switch
        {
            Parsed<LedgerEvent>.Good good => await RecordAsync(agreement, good.Value, context),
            Parsed<LedgerEvent>.Bad bad => ErrorAnswer.Of(bad.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The same with an entry that was read already.</summary>
    public async Task<IResult> RecordAsync(AgreementId agreement, LedgerEvent proposed, HttpContext context) =>
        await policy.RefusalAsync(agreement, proposed, context.Caller(), null, context.RequestAborted) is { } refusal
            ? refusal
            : (
                await writers.WriteAsync(
                    agreement,
                    proposed,
                    await FilerAsync(context, SubmissionPolicy.ReportOf(proposed) is { Seal.Signature: not null }),
                    context.RequestAborted
                )
            ).ToHttp(
                await reader.TextAsync(agreement, context.RequestAborted) is { } text
                    ? ReportWarnings.Of(proposed, text)
                    : []
            );

    /// <summary>Who files what the request holds; null is nobody in particular.</summary>
    /// <param name="context">The request that is filed by.</param>
    /// <param name="signed">Whether what is filed may be signed, with a key that must be looked up.</param>
    public async Task<Filer?> FilerAsync(HttpContext context, bool signed) =>
        context.Caller() is { } caller
            ? new Filer(
                caller.Person,
                caller.Device,
                signed ? await devices.KeysOfAsync(caller.Person, context.RequestAborted) : null
            )
            : null;

    /// <summary>Records what is about an earlier entry, in the ledger of that entry.</summary>
    /// <param name="entry">The earlier entry's id, from the path.</param>
    /// <param name="wanted">The type it must have; null is any.</param>
    public async Task<IResult> RecordAboutAsync(string entry, string? wanted, HttpRequest request, EventBody body) =>
        Guid.TryParseExact(entry, "D", out var id)
        && await reader.EntryAsync(id, request.HttpContext.RequestAborted) is { } line
        && line.Type == (wanted ?? line.Type)
            ? await RecordAsync(line.Agreement, request, body)
            : ErrorAnswer.NoEntry(wanted is null ? $"entry {entry}" : $"report {entry}");
}
