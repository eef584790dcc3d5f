using Ledger.Server.Authorization;
using Scalar.AspNetCore;

namespace Ledger.Server.Description;

/// <summary>
/// The API as a page to read and to try out. It may load and ask nothing but this server, whatever its script would
/// like.
/// </summary>
public static class ReferencePage
{
    private const string Policy =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void MapReference(this WebApplication app)
    {
        app.Use(
            (context, next) =>
            {
                if (context.Request.Path.StartsWithSegments("/docs", StringComparison.Ordinal))
                    context.Response.Headers.ContentSecurityPolicy = Policy;
                return next(context);
            }
        );
        // The page brings files with it, and the builder that it gives back is of the page alone.
        app.MapGroup("")
            .AskNobody()
            .MapScalarApiReference(
                "/docs",
                options =>
                {
                    options.Title = "Ledger API";
                    options.DefaultFonts = false;
                    options.Telemetry = false;
                    options.ProxyUrl = null;
                    options.HideClientButton = true;
                    options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
                    options.Agent = new ScalarAgentOptions { Disabled = true };
                    options.Mcp = new ScalarMcpOptions { Disabled = true };
                    options.Favicon = "/icon.svg";
                }
            );
    }
}
