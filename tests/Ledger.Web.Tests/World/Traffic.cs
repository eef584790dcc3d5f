namespace Ledger.Web.Tests.World;

/// <summary>The requests that pages have begun, and those of them that nobody has answered yet.</summary>
internal sealed class Traffic
{
    private readonly Lock _lock = new();
    private readonly HashSet<IRequest> _waiting = [];
    private TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many requests there have been.</summary>
    public int Begun { get; private set; }

    public void Watch(IPage page)
    {
        page.Request += (_, request) =>
        {
            // A stream of events stays open as long as the page.
            if (string.Equals(request.ResourceType, "eventsource", StringComparison.Ordinal))
                return;
            lock (_lock)
            {
                Begun++;
                // What the document before had asked for is answered to nobody, and not told to be.
                if (request.IsNavigationRequest && request.Frame.ParentFrame is null)
                    _waiting.RemoveWhere(other => other.Frame.Page == page);
                _waiting.Add(request);
            }
        };
        page.RequestFinished += (_, request) => Answered(request);
        page.RequestFailed += (_, request) => Answered(request);
    }

    public async Task NoneWaitsAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task answered;
            lock (_lock)
            {
                if (_waiting.Count == 0)
                    return;
                answered = _answered.Task;
            }

            await answered.WaitAsync(cancellationToken);
        }
    }

    private void Answered(IRequest request)
    {
        TaskCompletionSource answered;
        lock (_lock)
        {
            _waiting.Remove(request);
            answered = _answered;
            _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        answered.SetResult();
    }
}
