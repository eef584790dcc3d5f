using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Store.Writing;
using NodaTime;

namespace Ledger.Server.Requests;

/// <summary>From a body to an entry: parse, propose, translate the outcome.</summary>
public sealed class Recorder(LedgerWriters writers, Ledgers ledgers)
{
    /// <param name="complete">Adds to the body what the path says, or notes that they differ.</param>
    public async Task<IResult> RecordAsync(string type, string agreement, HttpRequest request, Action<JsonObject>? complete = null)
    {
        if (await ledgers.ZoneAsync(agreement, request.HttpContext.RequestAborted) is not { } zone)
            return ErrorAnswer.NoAgreement(agreement);

        return (await RequestBody.JsonAsync(request)).Then(body => Read(type, body, zone, complete)) switch
        {
            Parsed<LedgerEvent>.Good good => (await writers.WriteAsync(agreement, good.Value, request.HttpContext.RequestAborted)).ToHttp(),
            Parsed<LedgerEvent>.Bad bad => ErrorAnswer.Of(bad.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static Parsed<LedgerEvent> Read(string type, JsonNode body, DateTimeZone zone, Action<JsonObject>? complete)
    {
        if (body is JsonObject data)
            complete?.Invoke(data);
        return EventReader.Read(type, body, zone);
    }
}
