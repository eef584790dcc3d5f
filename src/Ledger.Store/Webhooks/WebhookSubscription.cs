using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Store.Following;
using Ledger.Verdicts;
using Marten;
using NodaTime;
using Wolverine;
using Wolverine.Marten.Subscriptions;

namespace Ledger.Store.Webhooks;

/// <summary>
/// Follows the streams and puts what webhooks are to be told into the outbox, in the transaction that notes how far it
/// came: nothing is left out, and after a crash some may be told twice.
/// </summary>
internal sealed class WebhookSubscription(WebhookRegister register, FollowedBooks books) : BatchSubscription(Name)
{
    public const string Name = "webhooks";

    public override async Task ProcessEventsAsync(
        EventRange page,
        ISubscriptionController controller,
        IDocumentOperations operations,
        IMessageBus bus,
        CancellationToken cancellationToken
    )
    {
        var streams = page
            .Events.Where(e => e.Data is LedgerEvent)
            .GroupBy(e => AgreementId.Parse(e.StreamKey!))
            .ToArray();
        var told = await register.ActiveAsync(streams.Select(stream => stream.Key), cancellationToken);
        foreach (var stream in streams.Where(stream => told.Contains(stream.Key)))
        {
            foreach (var entry in stream)
            {
                var type = EventTypes.NameOf((LedgerEvent)entry.Data);
                foreach (
                    var webhook in told[stream.Key]
                        .Where(webhook => entry.Version > webhook.Since && webhook.Events.Contains(type))
                )
                    await bus.PublishAsync(
                        DeliverWebhook.Of(
                            webhook,
                            type,
                            entry.Version,
                            entry.Id,
                            Instant.FromDateTimeOffset(entry.Timestamp)
                        )
                    );
            }

            await TellChangesAsync(
                stream.Key,
                [.. stream],
                [.. told[stream.Key].Where(webhook => webhook.Events.Contains(Webhook.VerdictChanged))],
                bus,
                cancellationToken
            );
        }
    }

    /// <summary>
    /// What the entries of a page changed together, as of the moment the last of them was recorded: for each webhook,
    /// those since it was added, which may be in the middle of a page.
    /// </summary>
    private async Task TellChangesAsync(
        AgreementId agreement,
        IReadOnlyList<IEvent> entries,
        IReadOnlyList<Webhook> webhooks,
        IMessageBus bus,
        CancellationToken cancellationToken
    )
    {
        var (before, last) = (entries[0].Version - 1, entries[^1]);
        var asOf = Instant.FromDateTimeOffset(last.Timestamp);
        foreach (
            var sameStart in webhooks
                .GroupBy(webhook => Math.Max(before, webhook.Since))
                .Where(group => group.Key < last.Version)
        )
        {
            var book = await books.AtAsync(agreement, last.Version, cancellationToken);
            var (was, now) = book.Read(b =>
                (
                    Judge.Status(b, new Question(asOf, sameStart.Key, Lens.House)),
                    Judge.Status(b, new Question(asOf, last.Version, Lens.House))
                )
            );
            foreach (var answer in now.Verdicts)
            {
                var earlier = was.Verdicts.FirstOrDefault(verdict => verdict.Provision == answer.Provision);
                if (earlier is not null && (earlier.Life, earlier.Verdict) == (answer.Life, answer.Verdict))
                    continue;
                foreach (var webhook in sameStart)
                    await bus.PublishAsync(
                        DeliverWebhook.Of(
                            webhook,
                            last.Id.ToString(),
                            answer.Provision,
                            WireName.Of(earlier?.Verdict),
                            WireName.Of(answer.Verdict),
                            last.Version,
                            asOf
                        )
                    );
            }
        }
    }
}
