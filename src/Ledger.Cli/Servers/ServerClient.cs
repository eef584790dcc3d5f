using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Cli.Terminals;
using Ledger.Domain.Entries;

namespace Ledger.Cli.Servers;

/// <summary>
/// The ledger's HTTP interface. A refusal or a silence ends the command with sentences that say what to do.
/// </summary>
/// <param name="address">Where it is.</param>
/// <param name="terminal">Where the person is.</param>
/// <param name="names">What the person calls the fields of what is sent.</param>
/// <param name="token">Lets us in; null is whatever <see cref="ServerToken"/> finds.</param>
public sealed class ServerClient(Uri address, Terminal terminal, PointerNames? names = null, string? token = null)
    : IDisposable
{
    /// <summary>One attempt to send something that may be repeated, and the next four after it.</summary>
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMilliseconds(250),
        TimeSpan.FromMilliseconds(500),
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(2),
    ];

    /// <summary>For a server that says when it takes more. A fresh bucket fills within a minute.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    // A proxy of the house has no way to a server on this machine.
    private readonly HttpClient _http = ClientOf(
        address,
        "/api/v1/",
        token ?? ServerToken.Find(address, null, terminal)
    );

    private readonly WaitingNotice _patience = new(terminal, address.Authority);

    public Uri Address => address;

    /// <summary>A token is never sent on to where a server redirects.</summary>
    public static HttpClient ClientOf(Uri address, string path, string? token, long mostBytes = int.MaxValue)
    {
        var client = new HttpClient(
            new SocketsHttpHandler { UseProxy = !address.IsLoopback, AllowAutoRedirect = token is null }
        )
        {
            BaseAddress = new Uri(address, path),
            Timeout = TimeSpan.FromSeconds(100),
            MaxResponseContentBufferSize = mostBytes,
        };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public void Dispose() => _http.Dispose();

    /// <param name="path">Relative to <c>/api/v1/</c>, escaped, with its query.</param>
    public Task<Reply> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        (await GetAsync(path, cancellationToken)).Read<T>();

    /// <summary>
    /// Sends an entry, again after a network fault or a 503, a bounded number of times. That is safe because the entry
    /// carries its id: the server records it once and gives everybody who sends it the same receipt.
    /// </summary>
    public Task<Reply> PostEntryAsync(string path, JsonNode body, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString(LedgerJson.Options));
        return AgainAsync("entry", () => Post(path, bytes, "application/json"), cancellationToken);
    }

    /// <summary>Sends a file to an address that is its digest, again as often as an entry.</summary>
    public Task<Reply> PutFileAsync(string path, string file, string mediaType, CancellationToken cancellationToken) =>
        AgainAsync(
            "file",
            () =>
                new HttpRequestMessage(HttpMethod.Put, path)
                {
                    Content = new StreamContent(File.OpenRead(file))
                    {
                        Headers = { ContentType = new MediaTypeHeaderValue(mediaType) },
                    },
                },
            cancellationToken
        );

    private async Task<Reply> AgainAsync(
        string what,
        Func<HttpRequestMessage> request,
        CancellationToken cancellationToken
    )
    {
        var neverSent = true;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await SendAsync(request, cancellationToken);
            }
            catch (UnreachableException silence)
            {
                neverSent &= silence.NeverSent;
                if (attempt == Waits.Length)
                    throw new UnreachableException(address, silence.Reason, neverSent);
                terminal.Error.WriteLine(
                    $"ledger: no answer: {silence.Reason} Retrying the same {what}, attempt {attempt + 2} "
                        + $"of {Waits.Length + 1}."
                );
                await Task.Delay(Waits[attempt], terminal.Clock, cancellationToken);
            }
        }
    }

    public Task<Reply> PostAsync(string path, byte[] body, string mediaType, CancellationToken cancellationToken) =>
        SendAsync(() => Post(path, body, mediaType), cancellationToken);

    public Task<Reply> DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, path), cancellationToken);

    /// <summary>An answer that goes on: its body is read as it comes.</summary>
    public async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
                Refuse(response, await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return response;
        }
        catch (Exception fault) when (IsSilence(fault, cancellationToken))
        {
            throw new UnreachableException(
                address,
                Sentence(fault),
                fault
                    is HttpRequestException
                    {
                        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                    }
            );
        }
    }

    private async Task<Reply> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await AsOftenAsItTakesAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
                Refuse(response, body);
            return new Reply(address, (int)response.StatusCode, body);
        }
        catch (Exception fault) when (IsSilence(fault, cancellationToken))
        {
            throw new UnreachableException(
                address,
                Sentence(fault),
                fault
                    is HttpRequestException
                    {
                        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                    }
            );
        }
    }

    /// <summary>Whoever sends much is told to wait now and then, and how long.</summary>
    private async Task<HttpResponseMessage> AsOftenAsItTakesAsync(
        Func<HttpRequestMessage> request,
        CancellationToken cancellationToken
    )
    {
        for (var waited = TimeSpan.Zero; ; )
        {
            using var message = request();
            var response = await _patience.WithAsync(_http.SendAsync(message, cancellationToken));
            if (
                response is not { StatusCode: HttpStatusCode.TooManyRequests, Headers.RetryAfter.Delta: { } wait }
                || waited + wait > LongestWait
            )
                return response;
            response.Dispose();
            waited += wait;
            await Task.Delay(wait, terminal.Clock, cancellationToken);
        }
    }

    private void Refuse(HttpResponseMessage response, byte[] body)
    {
        var problem = ServerProblem.Read((int)response.StatusCode, body);
        if (
            response.StatusCode
            is HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.BadGateway
                or HttpStatusCode.GatewayTimeout
        )
            throw new UnreachableException(
                address,
                problem.Detail ?? problem.Title ?? $"it answered {(int)response.StatusCode}."
            );
        if ((int)response.StatusCode >= 500)
            throw new UnreachableException(
                address,
                $"it failed with {(int)response.StatusCode}{(problem.Detail is { } detail ? $": {detail}" : "")}. Its log says why."
            );
        throw new RefusedException(problem, names ?? PointerNames.None);
    }

    private static HttpRequestMessage Post(string path, byte[] body, string mediaType) =>
        new(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
        };

    private static bool IsSilence(Exception fault, CancellationToken cancellationToken) =>
        fault is HttpRequestException or IOException
        || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static string Sentence(Exception fault) =>
        fault switch
        {
            OperationCanceledException => string.Create(CultureInfo.InvariantCulture, $"it did not answer in time."),
            HttpRequestException { InnerException: System.Net.Sockets.SocketException socket } => $"{socket.Message}.",
            _ => fault.Message,
        };
}
