using System.IO.Compression;
using Ledger.Server.Authorization;
using Ledger.Server.Settings;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Ledger.Server.Hosting;

/// <summary>Serves the web app: its files, and its one page under every address that it shows a view for.</summary>
public static class WebApp
{
    /// <summary>
    /// Nothing from another host, no inline script, no frame. Photos that are chosen on a phone are shown from memory,
    /// as blob addresses.
    /// </summary>
    public const string Policy =
        "default-src 'self'; img-src 'self' blob: data:; style-src 'self'; script-src 'self'; worker-src 'self'; connect-src 'self'; manifest-src 'self'; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>The first parts of the addresses that the app shows views for; src/parts/router.ts lists the same.</summary>
    internal static readonly string[] Areas = ["a", "field", "review", "admin", "sign-in", "account"];

    public static void AddWebApp(this IServiceCollection services) =>
        services
            .AddResponseCompression(compression => compression.EnableForHttps = true)
            .Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal)
            .Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);

    public static void UseWebFiles(this WebApplication app)
    {
        if (Folder(app) is not { } folder)
            return;
        // Only what is the same for everybody: a compressed answer that holds a secret beside what its asker chose
        // tells of the secret by its length.
        app.UseWhen(
            context =>
                context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)
                || context.Request.Path.StartsWithSegments("/basemap", StringComparison.Ordinal),
            files => files.UseResponseCompression()
        );
        app.UseStaticFiles(
            new StaticFileOptions
            {
                FileProvider = new PhysicalFileProvider(folder),
                ContentTypeProvider = new FileExtensionContentTypeProvider
                {
                    Mappings = { [".webmanifest"] = "application/manifest+json" },
                },
                OnPrepareResponse = file =>
                {
                    var headers = file.Context.Response.Headers;
                    headers.XContentTypeOptions = "nosniff";
                    headers.ContentSecurityPolicy = Policy;
                    // A file under assets/ carries the hash of its content in its name; any other may be another file
                    // after an update.
                    headers.CacheControl = file.Context.Request.Path.StartsWithSegments(
                        "/assets",
                        StringComparison.Ordinal
                    )
                        ? "public, max-age=31536000, immutable"
                        : "no-cache";
                },
            }
        );
    }

    public static void MapWebApp(this WebApplication app)
    {
        if (Folder(app) is not { } folder)
        {
            app.MapGet("/", () => Results.Redirect("/plain")).AskNobody().ExcludeFromDescription();
            return;
        }
        var page = Path.Combine(folder, "index.html");
        IResult Page(HttpContext context)
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.CacheControl = "no-cache";
            return Results.File(page, "text/html; charset=utf-8");
        }
        foreach (var address in Areas.SelectMany(area => new[] { $"/{area}", $"/{area}/{{**rest}}" }).Prepend("/"))
            app.MapMethods(address, [HttpMethods.Get, HttpMethods.Head], Page).AskNobody().ExcludeFromDescription();
    }

    private static string? Folder(WebApplication app) => app.Services.GetRequiredService<ServerSettings>().WebFolder;
}
