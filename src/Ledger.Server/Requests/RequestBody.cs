using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Microsoft.Net.Http.Headers;

namespace Ledger.Server.Requests;

/// <summary>
/// Reads bodies strictly. A body must name its type: a page of another site may send a form or plain text to this machine without asking, but not JSON.
/// </summary>
public static class RequestBody
{
    public const long Most = 1 << 20;
    public const long MostOfBatch = 64 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsYaml(HttpRequest request) => MediaType(request) is "application/yaml" or "text/yaml" or "application/x-yaml";

    public static bool IsJson(HttpRequest request) => MediaType(request) is "application/json";

    public static bool IsJsonLines(HttpRequest request) => MediaType(request) is "application/jsonl" or "application/x-ndjson" or "application/jsonlines";

    public static async Task<Parsed<JsonNode>> JsonAsync(HttpRequest request)
    {
        if (!IsJson(request))
            return new Parsed<JsonNode>.Bad([WrongTypeProblem(request, "application/json")]);
        var bytes = await BytesAsync(request);
        return bytes.IsEmpty ? Bad<JsonNode>(ErrorCodes.BodyEmpty, "The body is empty; send JSON.") : JsonInput.Parse(bytes);
    }

    public static async Task<Parsed<string>> TextAsync(HttpRequest request)
    {
        var bytes = await BytesAsync(request);
        try
        {
            return bytes.IsEmpty ? Bad<string>(ErrorCodes.BodyEmpty, "The body is empty; send the agreement file.") : new Parsed<string>.Good(Utf8.GetString(bytes.Span));
        }
        catch (DecoderFallbackException wrong)
        {
            return Bad<string>("input/not-utf8", $"Byte {wrong.Index} is not UTF-8; save the file as UTF-8.");
        }
    }

    public static ErrorAnswer WrongType(HttpRequest request, string expected) => ErrorAnswer.Of([WrongTypeProblem(request, expected)]);

    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> bytes) => bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    private static Problem WrongTypeProblem(HttpRequest request, string expected) => new(
        ErrorCodes.BodyType,
        "",
        $"The body is {(request.ContentType is { Length: > 0 } given ? $"'{given}'" : "of no stated type")}; send it with 'Content-Type: {expected}', in UTF-8 and not compressed.");

    private static string? MediaType(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || request.Headers.ContentEncoding.Count > 0)
            return null;
        return type.Charset.Value?.Trim('"') is null or "" || string.Equals(type.Charset.Value.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase) ? type.MediaType.Value?.ToLowerInvariant() : null;
    }

    private static async Task<ReadOnlyMemory<byte>> BytesAsync(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        return WithoutMark(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
    }

    private static Parsed<T> Bad<T>(string code, string message) => new Parsed<T>.Bad([new Problem(code, "", message)]);
}
