using Ledger.Domain.Identities;
using Ledger.Verdicts;

namespace Ledger.Store.Following;

/// <summary>
/// One agreement's book in this process, kept up to date by following the ledger. Many may read at once; an entry is
/// taken in between readings.
/// </summary>
public sealed class FollowedBook : IDisposable
{
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Book _book = new();
    private readonly Lock _waiting = new();
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _position;
    private Exception? _fault;

    internal FollowedBook(AgreementId agreement) => Agreement = agreement;

    public AgreementId Agreement { get; }

    /// <summary>The last position taken in.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Asks the book something. Whatever leaves the question must not hold on to the book itself.</summary>
    /// <exception cref="InvalidOperationException">The history is corrupt, so nothing is answered any more.</exception>
    public T Read<T>(Func<Book, T> question)
    {
        _lock.EnterReadLock();
        try
        {
            ThrowIfCorrupt();
            return question(_book);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>
    /// Waits until the book holds the entry at <paramref name="position"/>, so that whoever wrote it finds it.
    /// </summary>
    public async Task ReachedAsync(long position, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task grown;
            lock (_waiting)
            {
                ThrowIfCorrupt();
                if (_position >= position)
                    return;
                grown = _grown.Task;
            }

            await grown.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _lock.Dispose();

    internal void Append(Domain.Entries.Entry entry)
    {
        _lock.EnterWriteLock();
        try
        {
            _book.Append(entry);
        }
        finally
        {
            _lock.ExitWriteLock();
        }

        Grow(() => Volatile.Write(ref _position, entry.Position));
    }

    internal void Stop(Exception fault) => Grow(() => _fault = fault);

    private void Grow(Action change)
    {
        TaskCompletionSource grown;
        lock (_waiting)
        {
            change();
            (grown, _grown) = (_grown, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        grown.SetResult();
    }

    private void ThrowIfCorrupt()
    {
        if (_fault is not null)
            throw new InvalidOperationException(
                $"The history of '{Agreement}' cannot be read beyond position {Position}.",
                _fault
            );
    }
}
