using System.Collections.Concurrent;
using Ledger.Domain.Identities;
using Ledger.Server.Answers;
using Ledger.Store.People;
using NodaTime;

namespace Ledger.Server.Authorization;

/// <summary>
/// Who callers are and what everybody may read, asked of the database anew for each request. While the database is away,
/// what it said last counts for a minute for those who read, so that whoever was let in may go on reading what needs no
/// database. Nobody can be revoked in that time either.
/// </summary>
public sealed class LastKnown(Access access, TimeProvider clock)
{
    private const int MostRemembered = 10_000;

    private static readonly Duration Remembers = Duration.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (Caller? Caller, Instant At)> _callers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (bool Public, Instant At)> _public = new(StringComparer.Ordinal);

    public Task<Caller?> OfTokenAsync(string? token, HttpContext context) =>
        AskAsync(_callers, $"t{token}", () => access.OfTokenAsync(token, context.RequestAborted), context);

    public Task<Caller?> OfSessionAsync(string secret, HttpContext context) =>
        AskAsync(_callers, $"s{secret}", () => access.OfSessionAsync(secret, context.RequestAborted), context);

    public Task<bool> IsPublicAsync(AgreementId agreement, HttpContext context) =>
        AskAsync(_public, agreement, () => access.IsPublicAsync(agreement, context.RequestAborted), context);

    private async Task<T> AskAsync<T>(
        ConcurrentDictionary<string, (T Known, Instant At)> memory,
        string key,
        Func<Task<T>> ask,
        HttpContext context
    )
    {
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        try
        {
            var known = await ask();
            if (memory.Count >= MostRemembered)
                memory.Clear();
            memory[key] = (known, now);
            return known;
        }
        catch (Exception fault)
            when (HttpMethods.IsGet(context.Request.Method)
                && ErrorsEverywhere.IsDatabaseAway(fault)
                && memory.TryGetValue(key, out var last)
                && now - last.At < Remembers
            )
        {
            return last.Known;
        }
    }
}
