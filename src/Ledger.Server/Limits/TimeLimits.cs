using Ledger.Server.Settings;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ledger.Server.Limits;

/// <summary>How long anybody may take, and how much a connection may hold.</summary>
public static class TimeLimits
{
    /// <summary>Bytes a second below which a body is not sent but dripped: a modem of 1990 was faster.</summary>
    private const double SlowestPace = 240;

    private const int MostHeaders = 64;
    private const int MostConnections = 10_000;

    /// <summary>After so long nobody waits for an answer any more.</summary>
    private static readonly TimeSpan Answering = TimeSpan.FromSeconds(60);

    public static void LimitTime(this KestrelServerLimits limits, ServerSettings settings)
    {
        limits.RequestHeadersTimeout = settings.Patience;
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        // Kestrel looks once a second, so a grace of less would be none.
        var grace = settings.Patience > TimeSpan.FromSeconds(2) ? settings.Patience : TimeSpan.FromSeconds(2);
        limits.MinRequestBodyDataRate = new MinDataRate(SlowestPace, grace);
        limits.MinResponseDataRate = new MinDataRate(SlowestPace, grace);
        limits.MaxRequestHeaderCount = MostHeaders;
        limits.MaxConcurrentConnections = MostConnections;
    }

    public static void AddTimeLimits(this IServiceCollection services) =>
        services.AddRequestTimeouts(timeouts =>
            timeouts.DefaultPolicy = new RequestTimeoutPolicy
            {
                Timeout = Answering,
                TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            }
        );

    /// <summary>What streams is not timed.</summary>
    public static void UseTimeLimits(this WebApplication app)
    {
        app.UseRequestTimeouts();
        app.Use(
            (context, next) =>
            {
                if (context.GetEndpoint()?.Metadata.GetMetadata<StreamsAttribute>() is not null)
                    context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
                return next(context);
            }
        );
    }
}
