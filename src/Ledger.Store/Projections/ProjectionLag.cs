using Ledger.Store.Sql;
using Ledger.Store.Webhooks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ledger.Store.Projections;

/// <summary>Looks now and then how far the projections are behind, on whichever server they run.</summary>
internal sealed class ProjectionLag(
    NpgsqlDataSource database,
    LedgerTelemetry telemetry,
    LedgerStoreOptions options,
    ILogger<ProjectionLag> log
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.CatchUpEvery);
        try
        {
            do await LookAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = database.Ask(
                $"""
                select projection, sum(size - progress.position)::bigint, coalesce(max(extract(epoch from clock_timestamp() - next.recorded_at)), 0)::double precision
                from {options.Schema}.projection_progress progress
                join {options.Schema}.ledger_head using (agreement)
                left join {options.Schema}.ledger_entry next on next.agreement = progress.agreement and next.position = progress.position + 1
                group by projection
                union all
                select split_part(name, ':', 1), last - last_seq_id, coalesce(extract(epoch from clock_timestamp() - next.timestamp), 0)::double precision
                from {options.Schema}.mt_event_progression
                cross join (select coalesce(max(seq_id), 0) as last from {options.Schema}.mt_events) events
                left join lateral (select timestamp from {options.Schema}.mt_events where seq_id > last_seq_id order by seq_id limit 1) next on true
                where name like '{WebhookSubscription.Name}:%'
                """
            );
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
                telemetry.ProjectionIsBehind(
                    rows.GetString(0),
                    Math.Max(0, rows.GetInt64(1)),
                    Math.Max(0, rows.GetDouble(2))
                );
        }
        catch (Exception fault) when (Faults.MayPass(fault) && !cancellationToken.IsCancellationRequested)
        {
            log.LogDebug(fault, "How far the projections are is not known for the moment.");
        }
    }
}
