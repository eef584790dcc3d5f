using System.Collections.Concurrent;
using Ledger.Domain.Identities;
using Ledger.Store.Reading;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ledger.Store.Following;

/// <summary>
/// The books of all agreements: each is replayed from the first entry when the process starts, and follows from there.
/// </summary>
public sealed class FollowedBooks(
    StreamEnds ends,
    Tail tail,
    LedgerReader reader,
    LedgerTelemetry telemetry,
    ILogger<FollowedBooks> log
) : BackgroundService
{
    private readonly ConcurrentDictionary<AgreementId, Lazy<FollowedBook>> _books = new();
    private readonly ConcurrentBag<Task> _following = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Positions of all agreements that are committed but not in the book yet.</summary>
    public IEnumerable<(AgreementId Agreement, long Lag)> Lags =>
        _books
            .Where(book => book.Value.IsValueCreated)
            .Select(book => (book.Key, Math.Max(0, ends.SizeOf(book.Key) - book.Value.Value.Position)));

    /// <summary>Waits until every book holds what was recorded when the process started.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken = default)
    {
        await ends.LookedAsync(cancellationToken);
        foreach (var agreement in ends.Agreements)
            await BookOf(agreement).ReachedAsync(ends.SizeOf(agreement), cancellationToken);
    }

    /// <summary>
    /// The book of an agreement, holding everything that this process knows to be committed; null when there is no such
    /// agreement.
    /// </summary>
    public async Task<FollowedBook?> OpenAsync(AgreementId agreement, CancellationToken cancellationToken = default)
    {
        var size = ends.SizeOf(agreement);
        if (size == 0)
            size = await reader.SizeAsync(agreement, cancellationToken);
        if (size == 0)
            return null;

        ends.Advance(new Appended(agreement, size));
        var book = BookOf(agreement);
        await book.ReachedAsync(size, cancellationToken);
        return book;
    }

    /// <summary>The book of an agreement that exists, holding at least so many entries.</summary>
    internal async Task<FollowedBook> AtAsync(AgreementId agreement, long position, CancellationToken cancellationToken)
    {
        ends.Advance(new Appended(agreement, position));
        var book = BookOf(agreement);
        await book.ReachedAsync(position, cancellationToken);
        return book;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_following);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        // A host that could not start disposes of what it never stopped.
        if (!_stopping.IsCancellationRequested)
            _stopping.Cancel();
        foreach (var book in _books.Values.Where(book => book.IsValueCreated))
            book.Value.Dispose();
        _stopping.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        telemetry.BookLags = () => Lags;
        try
        {
            await foreach (var agreement in ends.AppearingAsync(stoppingToken))
                BookOf(agreement);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private FollowedBook BookOf(AgreementId agreement) =>
        _books
            .GetOrAdd(
                agreement,
                slug => new Lazy<FollowedBook>(() =>
                {
                    var book = new FollowedBook(slug);
                    _following.Add(Task.Run(() => FollowAsync(book)));
                    return book;
                })
            )
            .Value;

    private async Task FollowAsync(FollowedBook book)
    {
        try
        {
            await foreach (var stored in tail.AfterAsync(book.Agreement, 0, cancellationToken: _stopping.Token))
                book.Append(stored.Entry);
        }
        catch (Exception ended)
            when (_stopping.IsCancellationRequested && ended is OperationCanceledException or ObjectDisposedException)
        {
            // The process ends.
        }
        catch (Exception corrupt)
        {
            log.LogCritical(
                corrupt,
                "The book of {Agreement} stops at position {Position}: its history cannot be read.",
                book.Agreement,
                book.Position
            );
            book.Stop(corrupt);
        }
    }
}
