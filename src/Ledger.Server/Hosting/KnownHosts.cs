using System.Net;
using Ledger.Server.Answers;
using Ledger.Server.Settings;
using Microsoft.AspNetCore.HttpOverrides;

namespace Ledger.Server.Hosting;

/// <summary>
/// Answers only to its own names: to those of this machine when asked from it, and to those in LEDGER_HOSTS over TLS. A
/// page of another site can make its own name resolve to this address and then read answers as if they were its own;
/// the Host header gives it away.
/// </summary>
public sealed class KnownHosts(RequestDelegate next, ServerSettings settings)
{
    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        if (settings.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            return context.Request.IsHttps
                ? next(context)
                : new ErrorAnswer(
                    ErrorCodes.ForeignHost,
                    $"{host} is served only over TLS: a proxy must send 'X-Forwarded-Proto: https' and be listed in LEDGER_PROXIES."
                ).ExecuteAsync(context);
        }

        return
            ServerSettings.IsLoopback(host)
            && context.Connection.RemoteIpAddress is { } from
            && IPAddress.IsLoopback(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from)
            ? next(context)
            : new ErrorAnswer(
                ErrorCodes.ForeignHost,
                $"This server serves {string.Join(", ", settings.Hosts.Prepend("localhost and 127.0.0.1 on its own machine"))}, not '{context.Request.Host.Value}'."
            ).ExecuteAsync(context);
    }

    /// <summary>What a proxy says of whoever asked counts where the proxy was named, and nowhere else.</summary>
    public static void UseProxies(WebApplication app, ServerSettings settings)
    {
        if (settings.Proxies.IsEmpty)
            return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = 1,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in settings.Proxies)
            options.KnownIPNetworks.Add(proxy);
        app.UseForwardedHeaders(options);
    }
}
