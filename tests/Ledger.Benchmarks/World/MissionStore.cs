using Ledger.Domain.Entries;
using Ledger.Store;
using Ledger.Store.Writing;
using Ledger.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Wolverine;

namespace Ledger.Benchmarks.World;

/// <summary>The Store on a fresh database with the mission's agreement adopted. Its host is not started: no projection or book takes part of the machine.</summary>
internal sealed class MissionStore : IAsyncDisposable
{
    private readonly IHost _host;

    private MissionStore(IHost host) => _host = host;

    public IDocumentStore Documents => _host.Services.GetRequiredService<IDocumentStore>();

    public NpgsqlDataSource Database => _host.Services.GetRequiredService<NpgsqlDataSource>();

    public static async Task<MissionStore> CreateAsync(bool signs = true)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        var keyFile = signs ? Path.Combine(Directory.CreateTempSubdirectory("ledger-key-").FullName, "log.key") : null;
        builder.Services.AddLedgerStore(new LedgerStoreOptions { ConnectionString = await TestDatabase.CreateAsync(), KeyFile = keyFile });
        builder.UseWolverine(wolverine =>
        {
            wolverine.ApplicationAssembly = typeof(MissionStore).Assembly;
            wolverine.Durability.Mode = DurabilityMode.Solo;
        });
        var store = new MissionStore(builder.Build());
        await store.Documents.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await store.RecordAsync(Mission.Adopted());
        return store;
    }

    public async Task RecordAsync(LedgerEvent proposed) => Check(await _host.Services.GetRequiredService<LedgerWriters>().WriteAsync(Mission.Id, proposed));

    public async Task RecordAllAsync(IEnumerable<LedgerEvent> proposed)
    {
        await foreach (var outcome in _host.Services.GetRequiredService<LedgerWriters>().WriteAllAsync(Mission.Id, proposed.ToAsyncEnumerable()))
            Check(outcome);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
    }

    private static void Check(WriteOutcome outcome)
    {
        if (outcome is not WriteOutcome.Recorded)
            throw new InvalidOperationException($"What should have been recorded was not: {outcome}");
    }
}
