using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using NodaTime;

namespace Ledger.Store.Webhooks;

/// <summary>Somebody who is told when something is recorded in one agreement.</summary>
/// <param name="Url">Where it is sent.</param>
/// <param name="Events">Types of entries, and <see cref="VerdictChanged"/>.</param>
/// <param name="Since">What was recorded up to this position is not told.</param>
/// <param name="Stopped">Why nothing is sent any more; null while it is.</param>
public sealed record Webhook(
    Guid Id,
    AgreementId Agreement,
    string Url,
    ImmutableArray<string> Events,
    long Since,
    Instant CreatedAt,
    string? Stopped
)
{
    public const string VerdictChanged = "verdict_changed";

    /// <summary>Everything that one can be told of.</summary>
    public static readonly ImmutableArray<string> AllEvents =
    [
        .. EventTypes.ByName.Keys.Append(VerdictChanged).Order(StringComparer.Ordinal),
    ];
}

/// <summary>
/// A message that is on its way to one receiver; Wolverine keeps it until it has arrived or was given up.
/// </summary>
/// <param name="Id">The same however often it is sent, so that a receiver can tell what it has seen.</param>
/// <param name="Type">One of <see cref="Webhook.AllEvents"/>.</param>
/// <param name="Body">JSON. It says where to look and no more, so that no receiver learns what it may not read.</param>
public sealed record DeliverWebhook(Guid Webhook, AgreementId Agreement, string Id, string Type, string Body)
{
    internal static DeliverWebhook Of(Webhook webhook, string type, long position, Guid entry, Instant recordedAt) =>
        new(
            webhook.Id,
            webhook.Agreement,
            entry.ToString(),
            type,
            Json(
                type,
                recordedAt,
                new
                {
                    webhook.Agreement,
                    Position = position,
                    EntryId = entry,
                    Entry = $"/api/v1/agreements/{webhook.Agreement}/entries/{position}",
                }
            )
        );

    internal static DeliverWebhook Of(
        Webhook webhook,
        string cause,
        string provision,
        string? was,
        string? now,
        long position,
        Instant asOf
    ) =>
        new(
            webhook.Id,
            webhook.Agreement,
            $"{cause}/{provision}",
            Webhooks.Webhook.VerdictChanged,
            Json(
                Webhooks.Webhook.VerdictChanged,
                asOf,
                new
                {
                    webhook.Agreement,
                    Provision = provision,
                    Was = was,
                    Is = now,
                    Position = position,
                    AsOf = asOf,
                    Verdict = $"/api/v1/agreements/{webhook.Agreement}/verdicts/{provision}?knownAt={position}&asOf={asOf}",
                }
            )
        );

    private static string Json(string type, Instant at, object data) =>
        JsonSerializer.Serialize(
            new
            {
                Type = type,
                Timestamp = at,
                Data = data,
            },
            LedgerJson.Options
        );
}
