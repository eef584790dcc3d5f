using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.People;
using Ledger.Store.Reading;

namespace Ledger.Server.Requests;

/// <summary>From a body to an entry: load what reading it needs, read, propose, translate the outcome.</summary>
public sealed class Recorder(Recording recording, LedgerReader reader)
{
    public async Task<IResult> RecordAsync(string agreement, HttpRequest request, EventBody body) =>
        await RecordAsync(agreement, await RequestBody.JsonAsync(request), body, request.HttpContext);

    /// <summary>The same with a body that was read already.</summary>
    public async Task<IResult> RecordAsync(string agreement, Parsed<JsonNode> sent, EventBody body, HttpContext context)
    {
        if (await reader.TextAsync(agreement, context.RequestAborted) is not { } text)
            return ErrorAnswer.NoAgreement(agreement);

        return sent.Then(json => body(json, text.TimeZone)) switch
        {
            Parsed<LedgerEvent>.Good good => await recording.RecordAsync(agreement, good.Value, context),
            Parsed<LedgerEvent>.Bad bad => ErrorAnswer.Of(bad.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

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
