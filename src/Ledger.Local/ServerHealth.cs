namespace Ledger.Local;

/// <summary>The server's own word on whether it lives and is ready.</summary>
public static class ServerHealth
{
    public static Task<bool> IsLiveAsync(Uri server, CancellationToken cancellationToken) =>
        AnswersAsync(server, "/health/live", cancellationToken);

    public static Task<bool> IsReadyAsync(Uri server, CancellationToken cancellationToken) =>
        AnswersAsync(server, "/health/ready", cancellationToken);

    private static async Task<bool> AnswersAsync(Uri server, string path, CancellationToken cancellationToken)
    {
        // A proxy of the environment must not be asked about 127.0.0.1.
        using var handler = new HttpClientHandler { UseProxy = !server.IsLoopback };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await http.GetAsync(new Uri(server, path), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception silent)
            when (silent is HttpRequestException
                || (silent is TaskCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return false;
        }
    }
}
