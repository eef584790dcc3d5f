using System.Net;
using Ledger.Server.Answers;

namespace Ledger.Server.Hosting;

/// <summary>
/// Answers only to names of this machine. A page of another site can make its own name resolve to 127.0.0.1 and then read answers as if they were
/// its own; the Host header gives it away.
/// </summary>
public sealed class Loopback(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => IsLoopback(context.Request.Host.Host)
        ? next(context)
        : new ErrorAnswer(ErrorCodes.ForeignHost, $"This server answers for localhost and 127.0.0.1 only, not for '{context.Request.Host.Value}'.").ExecuteAsync(context);

    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
