using Ledger.Domain.Entries;
using Ledger.Store;
using Ledger.Store.Hosting;
using Ledger.Store.Projections;
using Ledger.Store.Writing;
using Ledger.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Wolverine;

namespace Ledger.Benchmarks.World;

/// <summary>
/// The Store on a fresh database with the mission's agreement adopted. Its host is not started: no projection or book
/// takes part of the machine.
/// </summary>
internal sealed class MissionStore : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly DirectoryInfo _keys;

    private MissionStore(IHost host, DirectoryInfo keys) => (_host, _keys) = (host, keys);

    public IDocumentStore Documents => _host.Services.GetRequiredService<IDocumentStore>();

    public NpgsqlDataSource Database => _host.Services.GetRequiredService<NpgsqlDataSource>();

    /// <param name="signed">Whether every batch commits with a signed checkpoint, as in a server.</param>
    public static async Task<MissionStore> CreateAsync(bool signed)
    {
        var keys = Directory.CreateTempSubdirectory("ledger-benchmark-");
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddLedgerStore(
            new LedgerStoreOptions
            {
                ConnectionString = await TestDatabase.CreateAsync(),
                KeyFile = signed ? Path.Combine(keys.FullName, "log.key") : null,
            }
        );
        builder.UseWolverine(wolverine =>
        {
            wolverine.ApplicationAssembly = typeof(MissionStore).Assembly;
            wolverine.Durability.Mode = DurabilityMode.Solo;
        });
        var store = new MissionStore(builder.Build(), keys);
        await store.Documents.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await store.RecordAsync(Mission.Adopted());
        return store;
    }

    public string Connection => _host.Services.GetRequiredService<LedgerStoreOptions>().ConnectionString;

    public Projector Projector => _host.Services.GetRequiredService<Projector>();

    public IEnumerable<string> Projections =>
        _host.Services.GetServices<IProjectedTables>().Select(tables => tables.Name);

    /// <summary>Lets books and projections follow.</summary>
    public Task StartAsync() => _host.StartAsync();

    public async Task RecordAsync(LedgerEvent proposed) =>
        Check(await _host.Services.GetRequiredService<LedgerWriters>().WriteAsync(Mission.Id, proposed));

    public async Task RecordAllAsync(IEnumerable<LedgerEvent> proposed)
    {
        await foreach (
            var outcome in _host
                .Services.GetRequiredService<LedgerWriters>()
                .WriteAllAsync(Mission.Id, proposed.ToAsyncEnumerable())
        )
            Check(outcome);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
        _keys.Delete(recursive: true);
    }

    private static void Check(WriteOutcome outcome)
    {
        if (outcome is not WriteOutcome.Recorded)
            throw new InvalidOperationException($"What should have been recorded was not: {outcome}");
    }
}
