using JasperFx.Events;
using Ledger.Benchmarks.World;
using Ledger.Domain.Entries;
using Ledger.Testing;
using Marten;

namespace Ledger.Benchmarks.Writing;

/// <summary>Marten as one would use it without a ledger: a session for each event, all events in one stream.</summary>
internal sealed class MartenAlone : IDisposable
{
    private readonly DocumentStore _store;

    private MartenAlone(DocumentStore store) => _store = store;

    public static async Task<MartenAlone> CreateAsync()
    {
        var connection = await TestDatabase.CreateAsync();
        var store = DocumentStore.For(marten =>
        {
            marten.Connection(connection);
            marten.DisableNpgsqlLogging = true;
            marten.UseSystemTextJsonForSerialization(configure: json => LedgerJson.Configure(json));
            marten.Events.StreamIdentity = StreamIdentity.AsString;
            marten.Events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
        });
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await using var session = store.LightweightSession();
        session.Events.StartStream(Mission.Id, Mission.Adopted());
        await session.SaveChangesAsync();
        return new MartenAlone(store);
    }

    public async Task AppendAsync(LedgerEvent @event)
    {
        await using var session = _store.LightweightSession();
        session.Events.Append(Mission.Id, @event);
        await session.SaveChangesAsync();
    }

    public void Dispose() => _store.Dispose();
}
