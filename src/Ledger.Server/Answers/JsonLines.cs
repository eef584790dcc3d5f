using System.Buffers;

namespace Ledger.Server.Answers;

/// <summary>One JSON value a line, written as they come.</summary>
public sealed class JsonLines(IAsyncEnumerable<ReadOnlyMemory<byte>> lines) : IResult
{
    public const string MediaType = "application/jsonl";

    private static ReadOnlySpan<byte> LineEnd => "\n"u8;

    /// <summary>Whether the client wants each line as soon as there is one.</summary>
    public bool AtOnce { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancellation) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        await foreach (var line in lines.WithCancellation(cancellation))
        {
            response.BodyWriter.Write(line.Span);
            response.BodyWriter.Write(LineEnd);
            if (AtOnce || response.BodyWriter.UnflushedBytes > LongAnswer.Piece)
                await response.BodyWriter.FlushAsync(cancellation);
        }

        await response.BodyWriter.FlushAsync(cancellation);
    }
}
