using JasperFx.Events;
using Ledger.Domain.Entries;
using Ledger.Testing;
using Marten;

namespace Ledger.Benchmarks.Writing;

/// <summary>
/// Marten as one would use it without a ledger: a session for each event, a stream for each writer: in one stream they
/// would refuse each other.
/// </summary>
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
        return new MartenAlone(store);
    }

    public async Task AppendAsync(int writer, LedgerEvent @event)
    {
        await using var session = _store.LightweightSession();
        session.Events.Append($"writer-{writer}", @event);
        await session.SaveChangesAsync();
    }

    public void Dispose() => _store.Dispose();
}
