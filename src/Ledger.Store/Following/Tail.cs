using System.Runtime.CompilerServices;
using Ledger.Domain.Identities;
using Ledger.Store.Reading;
using Microsoft.Extensions.Logging;

namespace Ledger.Store.Following;

/// <summary>
/// Follows ledgers: first what is recorded already, then everything as it is committed, each entry once and in order.
/// </summary>
public sealed class Tail(LedgerReader reader, StreamEnds ends, ILogger<Tail> log)
{
    /// <summary>Bounds the memory that a replay takes; entries have 64 KiB at most and usually one.</summary>
    private const int PageLength = 1_000;

    /// <summary>
    /// Entries after <paramref name="position"/>, without end: only <paramref name="cancellationToken"/> stops it.
    /// While the database is away it waits.
    /// </summary>
    /// <param name="agreement">The slug.</param>
    /// <param name="position">The last that is known already.</param>
    /// <param name="pageLength">Entries held at once; few where many follow, each at a pace of their own.</param>
    /// <param name="cancellationToken">The end.</param>
    public async IAsyncEnumerable<StoredEntry> AfterAsync(
        AgreementId agreement,
        long position,
        int pageLength = PageLength,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        Task<List<StoredEntry>>? ahead = null;
        while (true)
        {
            var size = await ends.LongerThanAsync(agreement, position, cancellationToken);
            var page = await (ahead ?? PageAsync(agreement, position, pageLength, cancellationToken));
            // A replay takes one page in while the next one is read.
            var next = position + page.Count;
            ahead =
                page.Count == PageLength && size > next
                    ? PageAsync(agreement, next, pageLength, cancellationToken)
                    : null;
            foreach (var entry in page)
            {
                if (entry.Position != position + 1)
                    throw new InvalidOperationException(
                        $"After position {position} of '{agreement}' comes {entry.Position}: entries are missing."
                    );
                position = entry.Position;
                yield return entry;
            }
        }
    }

    private async Task<List<StoredEntry>> PageAsync(
        AgreementId agreement,
        long position,
        int pageLength,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var page = await reader
                    .EntriesAsync(agreement, position + 1, position + pageLength, cancellationToken: cancellationToken)
                    .ToListAsync(cancellationToken);
                // A replay spends its time on reading JSON, which every core can do.
                if (page.Count == PageLength)
                    Parallel.ForEach(page, stored => _ = stored.Entry);
                return page;
            }
            catch (Exception fault) when (Faults.MayPass(fault) && !cancellationToken.IsCancellationRequested)
            {
                log.LogWarning(
                    fault,
                    "Reading {Agreement} after {Position} failed; trying again.",
                    agreement,
                    position
                );
                await Task.Delay(Faults.Pause(attempt), cancellationToken);
            }
        }
    }
}
