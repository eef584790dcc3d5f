using System.Runtime.CompilerServices;
using Ledger.Store.Reading;
using Microsoft.Extensions.Logging;

namespace Ledger.Store.Following;

/// <summary>Follows ledgers: first what is recorded already, then everything as it is committed, each entry once and in order.</summary>
public sealed class Tail(LedgerReader reader, StreamEnds ends, ILogger<Tail> log)
{
    /// <summary>Bounds the memory that a replay takes; entries have 64 KiB at most and usually one.</summary>
    private const int PageLength = 1_000;

    /// <summary>Entries after <paramref name="position"/>, without end: only <paramref name="cancellation"/> stops it. While the database is away it waits.</summary>
    public async IAsyncEnumerable<StoredEntry> AfterAsync(string agreement, long position, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (true)
        {
            await ends.LongerThanAsync(agreement, position, cancellation);
            foreach (var entry in await PageAsync(agreement, position, cancellation))
            {
                if (entry.Position != position + 1)
                    throw new InvalidOperationException($"After position {position} of '{agreement}' comes {entry.Position}: entries are missing.");
                position = entry.Position;
                yield return entry;
            }
        }
    }

    private async Task<List<StoredEntry>> PageAsync(string agreement, long position, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var page = await reader.EntriesAsync(agreement, position + 1, position + PageLength, cancellation: cancellation).ToListAsync(cancellation);
                // A replay spends its time on reading JSON, which every core can do.
                if (page.Count == PageLength)
                    Parallel.ForEach(page, stored => _ = stored.Entry);
                return page;
            }
            catch (Exception fault) when (Faults.MayPass(fault) && !cancellation.IsCancellationRequested)
            {
                log.LogWarning(fault, "Reading {Agreement} after {Position} failed; trying again.", agreement, position);
                await Task.Delay(Faults.Pause(attempt), cancellation);
            }
        }
    }
}
