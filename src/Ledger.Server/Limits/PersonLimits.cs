using System.Threading.RateLimiting;
using Ledger.Server.Settings;

namespace Ledger.Server.Limits;

/// <summary>Counts the requests of whoever the gate let in.</summary>
public sealed class PersonLimits(RequestDelegate next, ServerSettings settings)
{
    private readonly PartitionedRateLimiter<HttpContext>? _limiter = RateLimits.OfPersons(settings);

    public async Task InvokeAsync(HttpContext context)
    {
        using var lease = _limiter?.AttemptAcquire(context);
        if (lease is { IsAcquired: false })
            await RateLimits.RefuseAsync(context, lease);
        else
            await next(context);
    }
}
