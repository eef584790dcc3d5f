using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Microsoft.Net.Http.Headers;

namespace Ledger.Server.Requests;

/// <summary>
/// Reads bodies strictly. A body must name its type: a page of another site may send a form or plain text to this
/// machine without asking, but not JSON.
/// </summary>
public static class RequestBody
{
    public const long Most = 1 << 20;
    public const long MostOfBatch = 64 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsYaml(HttpRequest request) =>
        MediaType(request) is "application/yaml" or "text/yaml" or "application/x-yaml";

    public static bool IsJson(HttpRequest request) => MediaType(request) is "application/json";

    public static bool IsJsonLines(HttpRequest request) =>
        MediaType(request) is "application/jsonl" or "application/x-ndjson" or "application/jsonlines";

    public static async Task<Parsed<JsonNode>> JsonAsync(HttpRequest request)
    {
        if (!IsJson(request))
            return new Parsed<JsonNode>.Bad([WrongTypeProblem(request, "application/json")]);
        return (await BytesAsync(request, "send JSON")).Then(JsonInput.Parse);
    }

    public static async Task<Parsed<string>> TextAsync(HttpRequest request) =>
        (await BytesAsync(request, "send the agreement file")).Then(Text);

    private static Parsed<string> Text(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return new Parsed<string>.Good(Utf8.GetString(bytes.Span));
        }
        catch (DecoderFallbackException wrong)
        {
            return Bad<string>("input/not-utf8", $"Byte {wrong.Index} is not UTF-8. Save the file as UTF-8.");
        }
    }

    public static ErrorAnswer WrongType(HttpRequest request, string expected) =>
        ErrorAnswer.Of([WrongTypeProblem(request, expected)]);

    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> bytes) =>
        bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    private static Problem WrongTypeProblem(HttpRequest request, string expected) =>
        new(
            ErrorCodes.BodyType,
            "",
            $"The body is {(request.ContentType is { Length: > 0 } given ? $"'{given}'" : "of no stated type")}; send it with 'Content-Type: {expected}', in UTF-8 and not compressed."
        );

    private static string? MediaType(HttpRequest request)
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || request.Headers.ContentEncoding.Count > 0
        )
            return null;
        return
            type.Charset.Value?.Trim('"') is null or ""
            || string.Equals(type.Charset.Value.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase)
            ? type.MediaType.Value?.ToLowerInvariant()
            : null;
    }

    /// <summary>
    /// What is too long is read to its end all the same, as many clients hear nothing before they have sent everything.
    /// </summary>
    private static async Task<Parsed<ReadOnlyMemory<byte>>> BytesAsync(HttpRequest request, string wanted)
    {
        var (kept, length, chunk) = (new MemoryStream(), 0L, new byte[16 * 1024]);
        while (await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted) is > 0 and var read)
        {
            length += read;
            if (length <= Most)
                kept.Write(chunk, 0, read);
        }

        return length switch
        {
            0 => Bad<ReadOnlyMemory<byte>>(ErrorCodes.BodyEmpty, $"The body is empty; {wanted}."),
            > Most => Bad<ReadOnlyMemory<byte>>(
                ErrorCodes.BodyTooLarge,
                $"The body has {length} bytes; at most {Most} are accepted here. A batch may have {MostOfBatch}."
            ),
            _ => new Parsed<ReadOnlyMemory<byte>>.Good(WithoutMark(kept.GetBuffer().AsMemory(0, (int)length))),
        };
    }

    private static Parsed<T> Bad<T>(string code, string message) => new Parsed<T>.Bad([new Problem(code, "", message)]);
}
