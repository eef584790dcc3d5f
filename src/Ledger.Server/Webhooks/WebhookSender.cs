using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Ledger.Server.Settings;
using Ledger.Store.Webhooks;

namespace Ledger.Server.Webhooks;

/// <summary>
/// Sends one message, signed as Standard Webhooks has it (<c>webhook-id</c>, <c>webhook-timestamp</c>,
/// <c>webhook-signature: v1,...</c>). It connects to the very address that it has looked at, follows nobody elsewhere,
/// and listens to no more than a status.
/// </summary>
public sealed class WebhookSender : IDisposable
{
    public const string SecretPrefix = "whsec_";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ServerSettings _settings;
    private readonly WebhookRegister _register;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    public WebhookSender(ServerSettings settings, WebhookRegister register, TimeProvider clock)
    {
        (_settings, _register, _clock) = (settings, register, clock);
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                // Addresses are looked at again with every connection.
                PooledConnectionLifetime = TimeSpan.FromMinutes(1),
                MaxResponseHeadersLength = 16,
                MaxResponseDrainSize = 0,
                ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, cancellationToken),
            }
        )
        {
            Timeout = Patience,
        };
    }

    public async Task SendAsync(DeliverWebhook message, CancellationToken cancellationToken)
    {
        // Whoever was removed meanwhile is told nothing more.
        if (await _register.FindAsync(message.Webhook, cancellationToken) is not { } found)
            return;
        var (webhook, secret) = found;
        using var request = Sign(message, webhook.Url, secret, _clock.GetUtcNow());
        try
        {
            using var response = await _http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            if (response.StatusCode == HttpStatusCode.Gone)
                await _register.StopAsync(webhook.Id, "It answered 410 Gone.", cancellationToken);
            else if (!response.IsSuccessStatusCode)
                throw new WebhookFailedException($"{HostOf(webhook.Url)} answered {(int)response.StatusCode}.");
        }
        catch (Exception silence)
            when (silence is HttpRequestException or IOException
                || (silence is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            throw new WebhookFailedException(
                $"{HostOf(webhook.Url)} was not reached: {(silence is OperationCanceledException ? $"no answer within {Patience.TotalSeconds} s" : silence.InnerException?.Message ?? silence.Message)}"
            );
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Sign(DeliverWebhook message, string url, byte[] secret, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(
            HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{message.Id}.{seconds}.{message.Body}"))
        );
        return new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(message.Body))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
            Headers =
            {
                { "webhook-id", message.Id },
                { "webhook-timestamp", seconds },
                { "webhook-signature", $"v1,{signature}" },
                { "User-Agent", "Ledger" },
            },
        };
    }

    /// <summary>
    /// A name can lead to another address each time it is asked for, so what was checked is what is connected to.
    /// </summary>
    private async ValueTask<Stream> ConnectAsync(DnsEndPoint place, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(place.Host, cancellationToken);
        var allowed = _settings.WebhookHosts.Contains(place.Host) ? addresses : [.. addresses.Where(PublicAddress.Is)];
        if (allowed.Length == 0)
            throw new WebhookFailedException(
                $"{place.Host} is not on the public internet. LEDGER_WEBHOOK_HOSTS lists other hosts that are allowed."
            );
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, place.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The rest of an address may hold a password.</summary>
    private static string HostOf(string url) => new Uri(url).Host;
}

/// <summary>It did not arrive, and may later.</summary>
public sealed class WebhookFailedException(string message) : Exception(message);

public static class DeliverWebhookHandler
{
    public static Task Handle(DeliverWebhook message, WebhookSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(message, cancellationToken);
}
