using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Ledger.Store.Writing;

/// <summary>
/// What waits for a writer. Each sender has a queue of their own, and these are taken from in turn, so that whoever
/// sends one thing is not behind a thousand of somebody else's, whatever number of tokens those are sent with. A sender
/// whose queue is full waits alone. What one sender sends stays in its order.
/// </summary>
internal sealed class FairQueue(int room)
{
    private readonly Channel<bool> _arrivals = Channel.CreateUnbounded<bool>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly ConcurrentDictionary<Guid, Sender> _senders = new();
    private readonly Queue<Sender> _turns = [];
    private readonly Lock _lock = new();
    private volatile int _count;

    public int Count => _count;

    /// <exception cref="ChannelClosedException">Nothing is taken any more.</exception>
    public async Task AddAsync(Proposal proposal, CancellationToken cancellationToken)
    {
        var sender = _senders.GetOrAdd(proposal.By?.Person ?? Guid.Empty, _ => new Sender(room));
        await sender.Room.WaitAsync(cancellationToken);
        lock (_lock)
        {
            if (!_arrivals.Writer.TryWrite(true))
            {
                sender.Room.Release();
                throw new ChannelClosedException();
            }

            if (sender.Waiting.Count == 0)
                _turns.Enqueue(sender);
            sender.Waiting.Enqueue(proposal);
            _count++;
        }
    }

    /// <summary>False once nothing waits and nothing more can come.</summary>
    public ValueTask<bool> WaitAsync() => _arrivals.Reader.WaitToReadAsync(CancellationToken.None);

    public bool TryTake([NotNullWhen(true)] out Proposal? next)
    {
        next = null;
        if (!_arrivals.Reader.TryRead(out _))
            return false;
        Sender sender;
        lock (_lock)
        {
            sender = _turns.Dequeue();
            next = sender.Waiting.Dequeue();
            if (sender.Waiting.Count > 0)
                _turns.Enqueue(sender);
            _count--;
        }

        sender.Room.Release();
        return true;
    }

    public bool TryPeek([NotNullWhen(true)] out Proposal? next)
    {
        lock (_lock)
        {
            next = _turns.TryPeek(out var sender) ? sender.Waiting.Peek() : null;
            return next is not null;
        }
    }

    public void Close() => _arrivals.Writer.TryComplete();

    private sealed class Sender(int room)
    {
        public Queue<Proposal> Waiting { get; } = [];

        public SemaphoreSlim Room { get; } = new(room);
    }
}
