using Ledger.Server.Settings;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Ledger.Server.Hosting;

/// <summary>Traces and metrics. They leave this machine only where an endpoint is set.</summary>
public static class Telemetry
{
    public static void AddTelemetry(this IServiceCollection services, ServerSettings settings)
    {
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("ledger"));
        telemetry.WithMetrics(metrics =>
        {
            metrics
                .AddMeter(
                    "Ledger",
                    "Wolverine*",
                    "Npgsql",
                    "Microsoft.AspNetCore.Hosting",
                    "Microsoft.AspNetCore.Server.Kestrel",
                    "System.Runtime"
                )
                .AddPrometheusExporter();
            if (settings.Telemetry is not null)
                metrics.AddOtlpExporter();
        });
        if (settings.Telemetry is null)
            return;

        telemetry.WithTracing(traces =>
            traces
                .AddAspNetCoreInstrumentation(http =>
                    http.Filter = context =>
                        !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
                )
                .AddNpgsql()
                .AddSource("Ledger", "Wolverine", "Marten")
                .AddOtlpExporter()
        );
    }
}
