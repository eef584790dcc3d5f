namespace Ledger.Store.People;

/// <summary>
/// One question at a time for each key. Whoever asks while one is on its way shares the next one, so that every answer
/// is of a moment after it was asked for: what was revoked before a request came is revoked for that request, and a
/// crowd costs as much as two.
/// </summary>
internal sealed class SharedAnswers<T>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TaskCompletionSource<T>?> _next = new(StringComparer.Ordinal);

    /// <param name="key">The same for the same question.</param>
    /// <param name="ask">Asks; nobody who stops waiting stops it for the others.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<T> AskAsync(string key, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        TaskCompletionSource<T> answer;
        lock (_lock)
        {
            if (_next.TryGetValue(key, out var next))
            {
                answer = next ?? New();
                _next[key] = answer;
                return answer.Task.WaitAsync(cancellationToken);
            }

            _next.Add(key, null);
            answer = New();
        }

        _ = RunAsync(key, ask, answer);
        return answer.Task.WaitAsync(cancellationToken);
    }

    private async Task RunAsync(string key, Func<Task<T>> ask, TaskCompletionSource<T> answer)
    {
        while (true)
        {
            try
            {
                answer.SetResult(await ask());
            }
            catch (Exception fault)
            {
                answer.SetException(fault);
                // Everybody may have stopped waiting.
                _ = answer.Task.Exception;
            }

            lock (_lock)
            {
                if (_next[key] is not { } next)
                {
                    _next.Remove(key);
                    return;
                }

                (_next[key], answer) = (null, next);
            }
        }
    }

    private static TaskCompletionSource<T> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
