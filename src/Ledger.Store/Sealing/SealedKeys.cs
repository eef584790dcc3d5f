using Ledger.Store.Keys;
using Ledger.Store.Sql;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Ledger.Store.Sealing;

/// <summary>
/// The keys of persons for this process. Erasing commits first and destroys the key afterwards, so after a crash
/// between the two, or after somebody brought back an old copy of the folder, the start destroys what was erased.
/// </summary>
public sealed class SealedKeys(NpgsqlDataSource database, LedgerStoreOptions options) : IHostedService, IDisposable
{
    private readonly Lazy<PersonKeys>? _keys = options.MasterKeyFile is { } file
        ? new(() => PersonKeys.Open(file))
        : null;

    /// <summary>Null where no place for keys is set: then nothing can be sealed or opened.</summary>
    /// <exception cref="KeyException">The keys cannot be used.</exception>
    public PersonKeys? Keys => _keys?.Value;

    public Task StartAsync(CancellationToken cancellationToken) =>
        Keys is null ? Task.CompletedTask : DestroyAsync(null, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Destroys the keys of handles that the ledger says are erased: one, or all.</summary>
    public async Task DestroyAsync(Guid? handle, CancellationToken cancellationToken = default)
    {
        await using var command = database.Ask(
            $"select handle, segment, place from {options.Schema}.ledger_handle where state = 'erased' and ($1::uuid is null or handle = $1)",
            handle
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            Keys?.Destroy(rows.GetGuid(0), new KeyPlace(rows.GetGuid(1), rows.GetInt64(2)));
    }

    public void Dispose()
    {
        if (_keys is { IsValueCreated: true })
            _keys.Value.Dispose();
    }
}
