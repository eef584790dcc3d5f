using Ledger.Server.Settings;
using Ledger.Store.Evidence;

namespace Ledger.Server.Evidence;

/// <summary>Where evidence files are kept, and that nothing half-written stays there.</summary>
public static class EvidenceSetup
{
    public static void AddEvidence(this IServiceCollection services, ServerSettings settings)
    {
        // Tools run without a folder, and a server does not start without a key, beside which there is one.
        services.AddSingleton(
            new EvidenceFiles(
                settings.Evidence ?? Path.Combine(Path.GetTempPath(), "ledger-evidence"),
                settings.MostEvidence
            )
            {
                Reserve = settings.EvidenceReserve,
            }
        );
        services
            .AddSingleton(new EvidenceShares(settings.EvidenceOfAPerson, settings.EvidenceOfAnAgreement))
            .AddSingleton<EvidenceRoom>();
        services.AddHostedService<SweepAtStart>();
    }

    private sealed class SweepAtStart(EvidenceFiles files, TimeProvider clock) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            files.Sweep(clock.GetUtcNow());
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
