namespace Ledger.Server.Answers;

/// <summary>One JSON value a line, written as they come.</summary>
public sealed class JsonLines(IAsyncEnumerable<ReadOnlyMemory<byte>> lines) : IResult
{
    public const string MediaType = "application/jsonl";

    private static readonly ReadOnlyMemory<byte> LineEnd = new byte[] { (byte)'\n' };

    /// <summary>Whether the client wants each line as soon as there is one.</summary>
    public bool AtOnce { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancellation) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        await foreach (var line in lines.WithCancellation(cancellation))
        {
            await response.BodyWriter.WriteAsync(line, cancellation);
            await response.BodyWriter.WriteAsync(LineEnd, cancellation);
            if (AtOnce)
                await response.BodyWriter.FlushAsync(cancellation);
        }
    }
}
