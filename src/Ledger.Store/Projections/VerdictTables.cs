using System.Collections.Concurrent;
using Ledger.Verdicts.Replaying;

namespace Ledger.Store.Projections;

/// <summary>
/// Keeps <c>provision_standing</c> and <c>verdict_change</c> as entries come; as time passes, a deadline does.
/// </summary>
internal sealed class VerdictTables(Deadlines deadlines, LedgerStoreOptions options) : IProjectedTables
{
    /// <summary>Times of recording that are judged in one transaction.</summary>
    private const int PageLength = 500;

    private readonly VerdictRows _rows = new(options.Schema);

    /// <summary>
    /// Where the last page left off, with what it knew of the time to come; only as good as its agreement with the
    /// table, which another server may have moved, or whose transaction may have failed.
    /// </summary>
    private readonly ConcurrentDictionary<string, VerdictHistory> _left = new(StringComparer.Ordinal);

    public string Name => "verdict";

    public IReadOnlyList<string> Tables => ["provision_standing", "verdict_change", "verdict_progress"];

    public async Task<long> AdvanceAsync(ProjectionTurn turn, CancellationToken cancellationToken)
    {
        var history = await _rows.ReadAsync(turn.Batch.Connection!, turn.Agreement, cancellationToken);
        if (
            _left.TryRemove(turn.Agreement, out var left)
            && (left.Position, left.AsOf) == (history.Position, history.AsOf)
        )
            history = left;
        var changes = new List<VerdictChange>();
        // Commits are whole batches, so that the last one is not judged in part.
        for (var step = 0; step < PageLength && history.Position < turn.Size; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            changes.AddRange(turn.Book.Read(history.Step));
        }

        turn.Book.Read(history.Explain);
        _rows.Write(turn.Batch, turn.Agreement, changes, history);
        await deadlines.WatchAsync(turn.Agreement, history, turn.Book);
        history.LetGo();
        _left[turn.Agreement] = history;
        return history.Position;
    }
}
