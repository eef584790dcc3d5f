using System.Text;

namespace Ledger.Server.Answers;

/// <param name="Data">One line.</param>
public readonly record struct StreamedEvent(long Id, string Type, ReadOnlyMemory<byte> Data);

/// <summary>
/// Server-sent events (WHATWG HTML, section 9.2) with comments between them, so that whoever listens, and whatever
/// stands between, knows that nothing happened from nobody being there.
/// </summary>
/// <param name="events">Without end; its cancellation is the end.</param>
/// <param name="stillAsync">Whether whoever listens may go on; asked before each comment, so that nobody keeps a line
/// who may hear nothing on it.</param>
/// <param name="clock">Times the comments.</param>
/// <param name="stopping">The server stops; clients reconnect to another one.</param>
public sealed class EventStream(
    Func<CancellationToken, IAsyncEnumerable<StreamedEvent>> events,
    Func<CancellationToken, Task<bool>> stillAsync,
    TimeProvider clock,
    CancellationToken stopping
) : IResult
{
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await WriteAsync(response, ": listening\n\n"u8.ToArray(), ending.Token);
            await using var source = events(ending.Token).GetAsyncEnumerator(ending.Token);
            var next = source.MoveNextAsync().AsTask();
            try
            {
                while (true)
                {
                    if (
                        !next.IsCompleted
                        && await Task.WhenAny(next, Task.Delay(Heartbeat, clock, ending.Token)) != next
                        && !ending.IsCancellationRequested
                    )
                    {
                        if (!await stillAsync(ending.Token))
                            return;
                        await WriteAsync(response, ": still here\n\n"u8.ToArray(), ending.Token);
                        continue;
                    }

                    if (!await next)
                        return;
                    await WriteAsync(
                        response,
                        [
                            .. Encoding.ASCII.GetBytes(
                                $"id: {source.Current.Id}\nevent: {source.Current.Type}\ndata: "
                            ),
                            .. source.Current.Data.Span,
                            (byte)'\n',
                            (byte)'\n',
                        ],
                        ending.Token
                    );
                    next = source.MoveNextAsync().AsTask();
                }
            }
            finally
            {
                // What is still asked for the next event cannot be disposed of.
                await ending.CancelAsync();
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client went, or the server stops. Either way the stream just ends.
        }
    }

    private static async Task WriteAsync(HttpResponse response, byte[] bytes, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(bytes, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
