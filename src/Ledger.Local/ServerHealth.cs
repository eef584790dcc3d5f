using System.Text.Json;

namespace Ledger.Local;

/// <summary>The server's own word on whether it lives and is ready.</summary>
public static class ServerHealth
{
    public static Task<bool> IsLiveAsync(Uri server, CancellationToken cancellationToken) =>
        AnswersAsync(server, "/health/live", cancellationToken);

    public static Task<bool> IsReadyAsync(Uri server, CancellationToken cancellationToken) =>
        AnswersAsync(server, "/health/ready", cancellationToken);

    /// <summary>Why a server that answers is not ready, in its own words; null when it is, or does not answer.</summary>
    public static async Task<string?> FaultsAsync(Uri server, CancellationToken cancellationToken) =>
        await AskAsync(
            server,
            "/health/ready",
            async answer =>
            {
                using var said = await JsonDocument.ParseAsync(
                    await answer.Content.ReadAsStreamAsync(cancellationToken),
                    cancellationToken: cancellationToken
                );
                return answer.IsSuccessStatusCode
                    ? null
                    : string.Join(
                        ' ',
                        said.RootElement.GetProperty("checks")
                            .EnumerateObject()
                            .Select(check => check.Value.GetString())
                            .Where(check => check != "ok")
                    );
            },
            cancellationToken
        );

    private static Task<bool> AnswersAsync(Uri server, string path, CancellationToken cancellationToken) =>
        AskAsync(server, path, answer => Task.FromResult(answer.IsSuccessStatusCode), cancellationToken);

    private static async Task<T?> AskAsync<T>(
        Uri server,
        string path,
        Func<HttpResponseMessage, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        // A proxy of the environment must not be asked about 127.0.0.1.
        using var handler = new HttpClientHandler { UseProxy = !server.IsLoopback };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await http.GetAsync(new Uri(server, path), cancellationToken);
            return await read(answer);
        }
        catch (Exception silent)
            when (silent is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException
                || (silent is TaskCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return default;
        }
    }
}
