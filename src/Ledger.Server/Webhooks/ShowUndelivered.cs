using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Domain.Identities;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Store.Reading;
using Ledger.Store.Webhooks;
using NodaTime;
using Wolverine.Http;
using Wolverine.Persistence.Durability;
using Wolverine.Persistence.Durability.DeadLetterManagement;

namespace Ledger.Server.Webhooks;

/// <param name="Message">Names it here; receivers know it by <paramref name="WebhookId"/>.</param>
/// <param name="Reason">What came of the last attempt.</param>
/// <param name="Waits">Whether it was asked to be sent again.</param>
public sealed record UndeliveredMessage(
    Guid Message,
    Guid Webhook,
    string WebhookId,
    string Type,
    Instant SentAt,
    string Reason,
    bool Waits
);

public sealed record UndeliveredList(ImmutableArray<UndeliveredMessage> Messages);

/// <summary>What was sent as often as it may be and did not arrive.</summary>
public sealed class ShowUndelivered(IMessageStore messages, LedgerReader reader)
{
    private const int Most = 1_000;

    [WolverineGet("/api/v1/agreements/{id}/undelivered")]
    [Permit(Permission.Administer)]
    [Describe("listUndelivered", "Messages to webhooks that could not be delivered", Gives = typeof(UndeliveredList))]
    public async Task<IResult> Get(string id, CancellationToken cancellationToken) =>
        await reader.SizeAsync(id, cancellationToken) == 0
            ? ErrorAnswer.NoAgreement(id)
            : new JsonAnswer(
                new UndeliveredList([.. (await OfAsync(id, cancellationToken)).Select(dead => dead.Shown)])
            );

    [WolverinePost("/api/v1/agreements/{id}/undelivered/{message}/attempts")]
    [Permit(Permission.Administer)]
    [Describe(
        "sendAgain",
        "Send an undelivered message again",
        Form = BodyForm.Nothing,
        Gives = typeof(UndeliveredMessage),
        Succeeds = [202]
    )]
    public async Task<IResult> Post(string id, string message, CancellationToken cancellationToken)
    {
        if (
            !Guid.TryParseExact(message, "D", out var which)
            || (await OfAsync(id, cancellationToken)).FirstOrDefault(dead => dead.Shown.Message == which)
                is not { Shown: { } found }
        )
            return new ErrorAnswer(ErrorCodes.NoWebhook, $"'{id}' has no undelivered message {message}.");
        await messages.DeadLetters.ReplayAsync(new DeadLetterEnvelopeQuery([which]), cancellationToken);
        return new JsonAnswer(found with { Waits = true }) { Status = StatusCodes.Status202Accepted };
    }

    private async Task<IReadOnlyList<(UndeliveredMessage Shown, DeliverWebhook Sent)>> OfAsync(
        AgreementId agreement,
        CancellationToken cancellationToken
    )
    {
        var results = await messages.DeadLetters.QueryAsync(
            new DeadLetterEnvelopeQuery { PageSize = Most },
            cancellationToken
        );
        return
        [
            .. results
                .Envelopes.Select(Read)
                .OfType<(UndeliveredMessage Shown, DeliverWebhook Sent)>()
                .Where(dead => dead.Sent.Agreement == agreement),
        ];
    }

    private static (UndeliveredMessage, DeliverWebhook)? Read(DeadLetterEnvelope dead)
    {
        if (
            !dead.MessageType.Contains(nameof(DeliverWebhook), StringComparison.Ordinal)
            || dead.Envelope.Data is not { Length: > 0 } data
            || JsonSerializer.Deserialize<DeliverWebhook>(data, JsonSerializerOptions.Web) is not { } sent
        )
            return null;
        return (
            new UndeliveredMessage(
                dead.Id,
                sent.Webhook,
                sent.Id,
                sent.Type,
                Instant.FromDateTimeOffset(dead.SentAt),
                dead.ExceptionMessage,
                dead.Replayable
            ),
            sent
        );
    }
}
