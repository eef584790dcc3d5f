using System.Collections.Concurrent;
using Ledger.Domain.Identities;
using Ledger.Domain.Time;
using Ledger.Store.Following;
using Ledger.Store.Webhooks;
using Ledger.Verdicts.Replaying;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Npgsql;
using Wolverine;

namespace Ledger.Store.Projections;

/// <summary>A moment at which a verdict changes though nothing is recorded.</summary>
public sealed record DeadlineReached(AgreementId Agreement, DateTimeOffset At);

/// <summary>
/// Wakes the table of changes when time alone changes a verdict. No answer depends on it: verdicts are functions of the
/// moment that is asked about.
/// </summary>
public sealed class Deadlines(
    NpgsqlDataSource database,
    FollowedBooks books,
    IServiceScopeFactory scopes,
    WebhookRegister webhooks,
    LedgerStoreOptions options,
    TimeProvider clock
)
{
    private readonly VerdictRows _rows = new(options.Schema);
    private readonly ConcurrentDictionary<(AgreementId Agreement, Instant At), bool> _watched = [];

    /// <summary>Lets time pass in the tables until now.</summary>
    /// <returns>The changes that time made.</returns>
    public async Task<int> PassAsync(AgreementId agreement, CancellationToken cancellationToken = default)
    {
        if (await books.OpenAsync(agreement, cancellationToken) is not { } book)
            return 0;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var history = await _rows.ReadAsync(connection, agreement, cancellationToken);
        // The entries come first; the projection then watches for what time does to them.
        if (history.Position == 0)
            return 0;
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow()).ToMicroseconds();
        var changes = book.Read(b =>
        {
            var passed = history.Until(b, now).ToList();
            history.Explain(b);
            return passed;
        });
        // Before the change is noted: after a crash between the two it is told twice rather than never.
        await TellAsync(agreement, changes, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        _rows.Write(batch, agreement, changes, history);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await WatchAsync(agreement, history, book);
        return changes.Count;
    }

    /// <summary>
    /// Sends a message to the moment of the next change. One too many does no harm: passing time twice changes nothing.
    /// </summary>
    internal async Task WatchAsync(AgreementId agreement, VerdictHistory history, FollowedBook book)
    {
        // Every batch of entries asks for the same next deadline.
        if (book.Read(history.NextAfter) is not { } next || !_watched.TryAdd((agreement, next), true))
            return;
        await using var scope = scopes.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<IMessageBus>()
            .ScheduleAsync(new DeadlineReached(agreement, next.ToDateTimeOffset()), next.ToDateTimeOffset());
    }

    private async Task TellAsync(
        AgreementId agreement,
        List<VerdictChange> changes,
        CancellationToken cancellationToken
    )
    {
        if (changes.Count == 0)
            return;
        var told = (await webhooks.ActiveAsync([agreement], cancellationToken))[agreement]
            .Where(webhook => webhook.Events.Contains(Webhook.VerdictChanged))
            .ToArray();
        await using var scope = scopes.CreateAsyncScope();
        foreach (var change in changes)
        {
            foreach (var webhook in told)
                await scope
                    .ServiceProvider.GetRequiredService<IMessageBus>()
                    .PublishAsync(
                        DeliverWebhook.Of(
                            webhook,
                            $"{agreement}/{change.AsOf}",
                            change.Provision,
                            WireName.Of(change.Was),
                            WireName.Of(change.Now?.Verdict),
                            change.Position,
                            change.AsOf
                        )
                    );
        }
    }
}

/// <summary>Handles the message that a deadline was reached.</summary>
public static class DeadlineReachedHandler
{
    public static Task Handle(DeadlineReached reached, Deadlines deadlines, CancellationToken cancellationToken) =>
        deadlines.PassAsync(reached.Agreement, cancellationToken);
}
