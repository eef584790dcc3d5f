using JasperFx;
using Ledger.Store.Projections;
using Ledger.Store.Webhooks;
using Wolverine;

namespace Ledger.Store.Hosting;

/// <summary>What the Store asks of Wolverine, whoever hosts it.</summary>
internal sealed class LedgerMessages : IWolverineExtension
{
    public void Configure(WolverineOptions options)
    {
        options.AutoBuildMessageStorageOnStartup = AutoCreate.None;
        options.Discovery.IncludeType(typeof(DeadlineReachedHandler));
        // A wake-up outlives the process that asked for it.
        options.LocalQueueFor<DeadlineReached>().UseDurableInbox();
        options.LocalQueueFor<DeliverWebhook>().UseDurableInbox();
        // The defaults hand projections over after a minute; a crashed server's should go on elsewhere within seconds.
        options.Durability.HealthCheckPollingTime = TimeSpan.FromSeconds(2);
        options.Durability.StaleNodeTimeout = TimeSpan.FromSeconds(10);
        options.Durability.CheckAssignmentPeriod = TimeSpan.FromSeconds(2);
        options.Durability.FirstHealthCheckExecution = TimeSpan.FromMilliseconds(250);
    }
}
