using System.Text;

namespace Ledger.Server.Pages;

/// <summary>
/// A page for people. It needs no script unless it says so, loads nothing from anywhere else, and may not be framed.
/// </summary>
public sealed class HtmlPage(string title, Html body, bool script = false, string language = "en") : IResult
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/html; charset=utf-8";
        // An error has said already that nobody keeps it.
        if (response.Headers.CacheControl.Count == 0)
            response.Headers.CacheControl = "no-cache";
        response.Headers.ContentSecurityPolicy = script ? $"{Policy}; script-src 'self'; connect-src 'self'" : Policy;
        return response.WriteAsync(
            Html.Of(
                    $"""
                    <!doctype html>
                    <html lang="{language}" dir="{(language == "ar" ? "rtl" : "ltr")}">
                    <head>
                    <meta charset="utf-8">
                    <meta name="viewport" content="width=device-width, initial-scale=1">
                    <title>{title}</title>
                    <link rel="stylesheet" href="/style.css">
                    <link rel="icon" href="/icon.svg" type="image/svg+xml">
                    </head>
                    <body>
                    <header><nav><a href="/plain">Ledger</a> <a href="/docs">API</a> <a href="/health/ready">Health</a></nav></header>
                    <main>
                    {body}
                    </main>
                    </body>
                    </html>
                    """
                )
                .ToString(),
            Encoding.UTF8,
            httpContext.RequestAborted
        );
    }
}
