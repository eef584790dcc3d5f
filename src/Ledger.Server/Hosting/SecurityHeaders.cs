namespace Ledger.Server.Hosting;

/// <summary>
/// Headers that every answer has, whoever gives it. An endpoint may set a stricter or a looser one of its own; what it
/// leaves out is set here, so that a new endpoint is not forgotten.
/// </summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Of what is no page: nothing in it may be loaded or run, whatever a browser takes it for.</summary>
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    private static readonly (string Name, string Value)[] Always =
    [
        ("X-Content-Type-Options", "nosniff"),
        // Addresses hold ids and questions; no other site is told which.
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        (
            "Permissions-Policy",
            "geolocation=(self), camera=(self), microphone=(), payment=(), usb=(), display-capture=(), browsing-topics=()"
        ),
    ];

    /// <summary>What a browser shows, or runs as a worker with the policy of its own answer.</summary>
    private static readonly string[] Shown = ["text/html", "text/javascript", "application/javascript"];

    public Task InvokeAsync(HttpContext context)
    {
        // A failed answer is cleared and written anew; what is set as it starts survives that.
        context.Response.OnStarting(() =>
        {
            Complete(context);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static void Complete(HttpContext context)
    {
        var headers = context.Response.Headers;
        foreach (var (name, value) in Always)
            headers.TryAdd(name, value);
        headers.TryAdd(
            "Content-Security-Policy",
            Array.Exists(
                Shown,
                type => context.Response.ContentType?.StartsWith(type, StringComparison.OrdinalIgnoreCase) == true
            )
                ? WebApp.Policy
                : Nothing
        );
        if (context.Request.IsHttps)
            headers.TryAdd("Strict-Transport-Security", "max-age=31536000");
    }
}
