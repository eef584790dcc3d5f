using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Store.Reading;
using Ledger.Store.Sealing;
using Wolverine.Http;

namespace Ledger.Server.Erasures;

/// <summary>Asks that what a handle seals be destroyed. From here on nothing new comes under it.</summary>
public sealed class RequestErasure(Submission submission, LedgerReader reader, Disclosures disclosures)
{
    /// <summary>Reports may go on being filed under the handle while its positions are looked up.</summary>
    private const int MostAttempts = 50;

    [WolverinePost("/api/v1/agreements/{id}/erasures")]
    [Permit(Permission.Administer)]
    [Describe(
        "requestErasure",
        "Request an erasure",
        Detail = "Closes the handle. `positions` and `names` may be left out: the ledger fills in what the handle seals. Nothing is destroyed before confirmation.",
        Takes = ["erasure_requested"],
        Gives = typeof(ReceiptBody)
    )]
    public async Task<IResult> Post(string id, HttpRequest request)
    {
        var json = await RequestBody.JsonAsync(request);
        for (var attempt = 1; ; attempt++)
        {
            var (body, isFilled) = await FilledAsync(id, json, request.HttpContext.RequestAborted);
            if (body is null)
                return ErrorAnswer.Of([
                    new Problem("erasure/unknown-handle", "/handle", $"No such handle seals anything in '{id}'."),
                ]);
            var result = await submission.RecordAsync(
                id,
                body,
                EventBodies.Of("erasure_requested"),
                request.HttpContext
            );
            if (
                !isFilled
                || attempt == MostAttempts
                || result is not ErrorAnswer { Code: "erasure/other-positions" or "erasure/other-names" }
            )
                return result;
        }
    }

    private async Task<(Parsed<JsonNode>? Body, bool IsFilled)> FilledAsync(
        AgreementId agreement,
        Parsed<JsonNode> json,
        CancellationToken cancellationToken
    )
    {
        if (
            json is not Parsed<JsonNode>.Good { Value: JsonObject sent }
            || sent.ContainsKey("positions")
            || sent.ContainsKey("names")
            || !Guid.TryParseExact(sent["handle"]?.ToString(), "D", out var handle)
        )
            return (json, false);
        if (await reader.SizeAsync(agreement, cancellationToken) == 0)
            return (json, false);
        var filled = sent.DeepClone().AsObject();
        // What is sent again is filled in as it was recorded: by now its values may be gone.
        var (positions, names) =
            Guid.TryParseExact(sent["entryId"]?.ToString(), "D", out var id)
            && (await reader.EntryAsync(id, cancellationToken))?.Entry.Event is ErasureRequested before
                ? ((IEnumerable<long>)before.Positions, (IEnumerable<string>)before.Names)
            : await disclosures.HandlesAsync(agreement, null, handle, cancellationToken) is [var known]
                ? (known.Positions, known.Names)
            : ([], []);
        if (!positions.Any())
            return (null, true);
        filled["positions"] = new JsonArray([.. positions.Select(position => JsonValue.Create(position))]);
        filled["names"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]);
        return (new Parsed<JsonNode>.Good(filled), true);
    }
}
