using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ledger.Domain.Identities;
using Ledger.Store.Sql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ledger.Store.Following;

/// <summary>
/// Knows how long each agreement's ledger is, within milliseconds of every commit of every process: the database
/// notifies, and a look every few seconds finds what a lost connection missed.
/// </summary>
public sealed class StreamEnds(
    [FromKeyedServices(KeptSessions.Key)] NpgsqlDataSource database,
    LedgerStoreOptions options,
    ILogger<StreamEnds> log
) : BackgroundService
{
    private readonly ConcurrentDictionary<AgreementId, StreamEnd> _ends = new();
    private readonly TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Lock _watching = new();
    private readonly List<Channel<AgreementId>> _watchers = [];

    internal IEnumerable<AgreementId> Agreements => _ends.Keys;

    /// <summary>The greatest position known to be committed; 0 when the agreement is not known.</summary>
    public long SizeOf(AgreementId agreement) => _ends.TryGetValue(agreement, out var end) ? end.Size : 0;

    /// <summary>Waits until the ledger is longer than <paramref name="position"/>.</summary>
    /// <returns>How long it is then.</returns>
    public Task<long> LongerThanAsync(AgreementId agreement, long position, CancellationToken cancellationToken) =>
        EndOf(agreement).BeyondAsync(position, cancellationToken);

    /// <summary>Waits until the database was looked at once.</summary>
    internal Task LookedAsync(CancellationToken cancellationToken) => _looked.Task.WaitAsync(cancellationToken);

    internal void Advance(Appended appended)
    {
        if (!EndOf(appended.Agreement).Advance(appended.Size))
            return;
        lock (_watching)
            _watchers.ForEach(watcher => watcher.Writer.TryWrite(appended.Agreement));
    }

    /// <summary>Every agreement that is known, and then each other as it comes into sight, without end.</summary>
    internal async IAsyncEnumerable<AgreementId> AppearingAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var watcher = Channel.CreateUnbounded<AgreementId>(new UnboundedChannelOptions { SingleReader = true });
        lock (_watching)
        {
            _watchers.Add(watcher);
            foreach (var (agreement, end) in _ends)
            {
                if (end.Size > 0)
                    watcher.Writer.TryWrite(agreement);
            }
        }

        // One that came into sight between the two stands in the channel twice.
        var seen = new HashSet<AgreementId>();
        await foreach (var agreement in watcher.Reader.ReadAllAsync(cancellationToken))
        {
            if (seen.Add(agreement))
                yield return agreement;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var attempt = 0; !stoppingToken.IsCancellationRequested; attempt++)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, notification) => Advance(Appended.Parse(notification.Payload));
                await using (var listen = connection.Ask($"listen \"{Appended.Channel(options.Schema)}\""))
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                while (true)
                {
                    await LookAsync(connection, stoppingToken);
                    attempt = 0;
                    while (await connection.WaitAsync(options.CatchUpEvery, stoppingToken)) { }
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (Faults.MayPass(fault))
            {
                log.LogWarning(fault, "Nothing is heard of new entries for the moment; listening again.");
                await Task.Delay(Faults.Pause(attempt), stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task LookAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Ask($"select agreement, size from {options.Schema}.ledger_head");
        var found = new List<Appended>();
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
                found.Add(new Appended(rows.AgreementAt(0), rows.GetInt64(1)));
        }

        found.ForEach(Advance);
        _looked.TrySetResult();
    }

    private StreamEnd EndOf(AgreementId agreement) => _ends.GetOrAdd(agreement, static _ => new StreamEnd());

    /// <summary>One agreement's length, which only grows.</summary>
    private sealed class StreamEnd
    {
        private readonly Lock _lock = new();
        private long _size;
        private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Size => Volatile.Read(ref _size);

        /// <returns>Whether this is the first that is heard of it.</returns>
        public bool Advance(long size)
        {
            TaskCompletionSource grown;
            bool first;
            lock (_lock)
            {
                if (size <= _size)
                    return false;
                first = _size == 0;
                Volatile.Write(ref _size, size);
                (grown, _grown) = (
                    _grown,
                    new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
                );
            }

            grown.SetResult();
            return first;
        }

        public async Task<long> BeyondAsync(long position, CancellationToken cancellationToken)
        {
            while (true)
            {
                Task grown;
                lock (_lock)
                {
                    if (_size > position)
                        return _size;
                    grown = _grown.Task;
                }

                await grown.WaitAsync(cancellationToken);
            }
        }
    }
}
