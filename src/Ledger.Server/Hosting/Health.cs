using System.Text.Json;
using Ledger.Domain.Entries;
using Ledger.Server.Authorization;
using Ledger.Store;
using Ledger.Store.Following;
using Ledger.Store.Signing;
using Ledger.Store.Writing;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Ledger.Server.Hosting;

/// <summary>Live: the process answers. Ready: it can record and judge.</summary>
public static class Health
{
    private const string Ready = "ready";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void AddHealth(this IServiceCollection services) =>
        services
            .AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", tags: [Ready], timeout: Patience)
            .AddCheck<BooksCheck>("books", tags: [Ready], timeout: Patience)
            .AddCheck<ClockCheck>("clock", tags: [Ready], timeout: Patience)
            .AddCheck<DiskCheck>("disk", tags: [Ready], timeout: Patience)
            .AddCheck<WitnessCheck>("witnesses", tags: [Ready], timeout: Patience);

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks(
                "/health/live",
                new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }
            )
            .AskNobody();
        app.MapHealthChecks(
                "/health/ready",
                new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync }
            )
            .AskNobody();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(
            context.Response.Body,
            new
            {
                Status = report.Status == HealthStatus.Healthy ? "ok" : "unavailable",
                Checks = report.Entries.ToDictionary(
                    check => check.Key,
                    check => check.Value.Description ?? "ok",
                    StringComparer.Ordinal
                ),
            },
            LedgerJson.Options,
            context.RequestAborted
        );
    }

    private sealed class DatabaseCheck(NpgsqlDataSource database, LedgerStoreOptions options) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        )
        {
            try
            {
                await using var command = database.CreateCommand("select to_regclass($1) is not null");
                command.Parameters.Add(new() { Value = $"{options.Schema}.ledger_head" });
                return await command.ExecuteScalarAsync(cancellationToken) is true
                    ? HealthCheckResult.Healthy()
                    : HealthCheckResult.Unhealthy("The ledger's tables are missing.");
            }
            catch (Exception silent) when (silent is NpgsqlException or OperationCanceledException)
            {
                return HealthCheckResult.Unhealthy("The database does not answer.");
            }
        }
    }

    private sealed class ClockCheck(RecordingClock clock) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        )
        {
            try
            {
                return await clock.FaultAsync(cancellationToken) is { } fault
                    ? HealthCheckResult.Unhealthy(fault)
                    : HealthCheckResult.Healthy();
            }
            catch (Exception silent) when (silent is NpgsqlException or OperationCanceledException)
            {
                return HealthCheckResult.Unhealthy("The database does not say what time it is.");
            }
        }
    }

    private sealed class DiskCheck(DiskSpace disk) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        ) =>
            Task.FromResult(
                disk.Full is { } full ? HealthCheckResult.Unhealthy(full) : HealthCheckResult.Healthy(disk.Low)
            );
    }

    private sealed class WitnessCheck(LogSigning signing) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        ) =>
            Task.FromResult(
                string.Join(' ', signing.Refusals) is { Length: > 0 } refused
                    ? HealthCheckResult.Unhealthy(refused)
                    : HealthCheckResult.Healthy()
            );
    }

    private sealed class BooksCheck(FollowedBooks books) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        )
        {
            try
            {
                await books.ReadyAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (OperationCanceledException)
            {
                return HealthCheckResult.Unhealthy("The ledgers are still being read.");
            }
            catch (InvalidOperationException corrupt)
            {
                return HealthCheckResult.Unhealthy(corrupt.Message);
            }
        }
    }
}
