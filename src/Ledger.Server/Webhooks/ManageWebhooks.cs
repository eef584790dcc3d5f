using System.Collections.Immutable;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Server.Settings;
using Ledger.Store.Reading;
using Ledger.Store.Webhooks;
using NodaTime;
using Wolverine.Http;

namespace Ledger.Server.Webhooks;

/// <param name="Secret">Checks the signatures of what is sent; told once, when the webhook is made.</param>
/// <param name="Since">What was recorded up to this position is not told.</param>
/// <param name="Stopped">Why nothing is sent any more.</param>
public sealed record WebhookShown(
    Guid Id,
    string Agreement,
    string Url,
    ImmutableArray<string> Events,
    long Since,
    Instant CreatedAt,
    string? Stopped,
    string? Secret
)
{
    public static WebhookShown Of(Webhook webhook, byte[]? secret = null) =>
        new(
            webhook.Id,
            webhook.Agreement,
            webhook.Url,
            webhook.Events,
            webhook.Since,
            webhook.CreatedAt,
            webhook.Stopped,
            secret is null ? null : WebhookSender.SecretPrefix + Convert.ToBase64String(secret)
        );
}

public sealed record WebhookList(ImmutableArray<WebhookShown> Webhooks);

/// <summary>Who is told of what is recorded in an agreement.</summary>
public sealed class ManageWebhooks(
    WebhookRegister register,
    LedgerReader reader,
    ServerSettings settings,
    QuestionEndpoint questions
)
{
    [WolverinePost("/api/v1/agreements/{id}/webhooks")]
    [Permit(Permission.Administer)]
    [Describe(
        "addWebhook",
        "Add a webhook that is notified of new entries and verdicts",
        Detail = "Messages are signed according to Standard Webhooks. The secret is shown only in this answer.",
        Form = BodyForm.Webhook,
        Gives = typeof(WebhookShown),
        Succeeds = [201]
    )]
    public async Task<IResult> Post(string id, HttpRequest request)
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        if (await reader.SizeAsync(id, cancellationToken) == 0)
            return ErrorAnswer.NoAgreement(id);
        return (await RequestBody.JsonAsync(request)).Then(body => WebhookBody.Read(body, settings)) switch
        {
            Parsed<WebhookBody>.Good { Value: var wanted } => await register.AddAsync(
                id,
                wanted.Url,
                wanted.Events,
                questions.Now,
                cancellationToken
            )
                is { } added
                ? new JsonAnswer(WebhookShown.Of(added.Webhook, added.Secret)) { Status = StatusCodes.Status201Created }
                : new ErrorAnswer(
                    "webhook/too-many",
                    $"'{id}' has {WebhookRegister.MostOfAnAgreement} webhooks, which is the maximum; remove one first."
                ),
            Parsed<WebhookBody>.Bad bad => ErrorAnswer.Of(bad.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    [WolverineGet("/api/v1/agreements/{id}/webhooks")]
    [Permit(Permission.Administer)]
    [Describe("listWebhooks", "List webhooks", Gives = typeof(WebhookList))]
    public async Task<IResult> Get(string id, CancellationToken cancellationToken) =>
        await reader.SizeAsync(id, cancellationToken) == 0
            ? ErrorAnswer.NoAgreement(id)
            : new JsonAnswer(
                new WebhookList([
                    .. (await register.OfAsync(id, cancellationToken)).Select(webhook => WebhookShown.Of(webhook)),
                ])
            );

    [WolverineDelete("/api/v1/agreements/{id}/webhooks/{webhook}")]
    [Permit(Permission.Administer)]
    [Describe("removeWebhook", "Remove a webhook", Succeeds = [204])]
    public async Task<IResult> Delete(string id, string webhook, CancellationToken cancellationToken) =>
        Guid.TryParseExact(webhook, "D", out var which) && await register.RemoveAsync(id, which, cancellationToken)
            ? Results.NoContent()
            : new ErrorAnswer(ErrorCodes.NoWebhook, $"'{id}' has no webhook {webhook}.");
}
