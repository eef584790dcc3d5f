using System.Globalization;
using System.Threading.RateLimiting;
using Ledger.Server.Answers;

namespace Ledger.Server.Limits;

/// <summary>
/// Refuses what is too much, with the time to wait. The framework's middleware does the same, but has limiters of its own
/// that nobody can dispose of: their timers keep a server that was stopped in memory for ever.
/// </summary>
public static class LimitedRequests
{
    public static void Limit(this IApplicationBuilder app, PartitionedRateLimiter<HttpContext>? limiter)
    {
        if (limiter is null)
            return;
        app.Use(
            async (context, next) =>
            {
                // Held while the request is at work, because some are counted as long as they are.
                using var lease = limiter.AttemptAcquire(context);
                if (lease.IsAcquired)
                    await next(context);
                else
                    await RefuseAsync(context, lease);
            }
        );
    }

    private static async Task RefuseAsync(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var told)
            ? Math.Max(1, (long)Math.Ceiling(told.TotalSeconds))
            : 1;
        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        await new ErrorAnswer(
            ErrorCodes.TooMany,
            $"Too many requests came from you or your address. Wait {wait} s and send the same request again."
        ).ExecuteAsync(context);
    }
}
