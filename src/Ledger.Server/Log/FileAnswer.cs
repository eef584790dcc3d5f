namespace Ledger.Server.Log;

/// <summary>A piece of a log. What can never change says so.</summary>
internal sealed class FileAnswer(ReadOnlyMemory<byte> bytes, string mediaType, bool immutable) : IResult
{
    public const string Text = "text/plain; charset=utf-8";
    public const string Binary = "application/octet-stream";

    public FileAnswer(string text, bool immutable = false)
        : this(System.Text.Encoding.UTF8.GetBytes(text), Text, immutable) { }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.CacheControl = immutable ? "public, max-age=31536000, immutable" : "no-cache";
        response.ContentType = mediaType;
        response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(httpContext.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }
}
