using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Ledger.Server.Tests.World;

/// <summary>What a client does, in words.</summary>
public static class Client
{
    private static readonly ConcurrentDictionary<string, string> Tokens = new(StringComparer.Ordinal);

    /// <summary>The token last used for whichever server a command line speaks to.</summary>
    public static string? TokenIn(IEnumerable<string> args) =>
        args.Where(arg => arg.StartsWith("http://", StringComparison.Ordinal))
            .Select(arg => Tokens.GetValueOrDefault(new Uri(arg).Authority))
            .FirstOrDefault();

    public static HttpClient To(string address) =>
        new(new Conforming(new SocketsHttpHandler { UseProxy = false }))
        {
            BaseAddress = new Uri(address),
            Timeout = TimeSpan.FromSeconds(60),
        };

    /// <summary>As the operator of the machine, who may do everything.</summary>
    public static HttpClient Operating(string address, string connection) =>
        To(address).With(File.ReadAllText(RunningServer.OperatorFileOf(connection)));

    /// <summary>The same client with a token.</summary>
    public static HttpClient With(this HttpClient http, string token)
    {
        Tokens[http.BaseAddress!.Authority] = token;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    public static HttpContent Body(byte[] bytes, string type) =>
        new ByteArrayContent(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    public static HttpContent Body(string text, string type = "application/json") =>
        Body(Encoding.UTF8.GetBytes(text), type);

    public static async Task<Answer> PostAsync(this HttpClient http, string path, JsonNode body) =>
        await http.PostAsync(path, Body(body.ToJsonString())).ReadAsync();

    public static Task<Answer> PostAsync(
        this HttpClient http,
        string path,
        string text,
        string type = "application/json"
    ) => http.PostAsync(path, Body(text, type)).ReadAsync();

    public static Task<Answer> AskAsync(this HttpClient http, string path) => http.GetAsync(path).ReadAsync();

    /// <summary>Opens the sealed values of a report, or of what else an address names.</summary>
    public static Task<Answer> OpenAsync(this HttpClient http, string path, string reason) =>
        http.PostAsync(path, new JsonObject { ["reason"] = reason });

    /// <summary>A report with its sealed values.</summary>
    public static Task<Answer> OpenReportAsync(this HttpClient http, object? report, string reason = "audit") =>
        http.OpenAsync($"/api/v1/reports/{report}/openings", reason);

    public static async Task<Answer> ReadAsync(this Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }
}

/// <summary>An answer, read to its end.</summary>
public sealed record Answer(HttpResponseMessage Response, string Text)
{
    public HttpStatusCode Status => Response.StatusCode;

    public string? Type => Response.Content.Headers.ContentType?.MediaType;

    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Code => Json["code"]?.GetValue<string>();

    /// <summary>
    /// Pointer and code of each problem, as <c>/report/kind input/missing</c>; what is wrong with the whole is wrong
    /// with the <c>(body)</c>.
    /// </summary>
    public IEnumerable<string> Problems =>
        Json["errors"]
            ?.AsArray()
            .Select(e =>
                $"{(e!["pointer"]!.GetValue<string>() is { Length: > 0 } pointer ? pointer : "(body)")} {e["code"]}"
            )
        ?? [];

    public override string ToString() => $"{(int)Status} {Text}";
}
