using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Microsoft.AspNetCore.ResponseCompression;

namespace Ledger.Server.Hosting;

/// <summary>
/// Compresses what readers read, which a mission does over slow lines. A compressed answer tells of a secret by its
/// length when somebody else chooses what stands beside it, so nothing else is compressed: no answer to those who sign
/// in, administer or open sealed values, and nothing that the page of another site made a browser ask.
/// </summary>
public static class CompressedAnswers
{
    /// <summary>Beside the usual ones.</summary>
    private static readonly string[] Media = ["application/geo+json", JsonLines.MediaType, CsvAnswer.MediaType];

    public static void AddCompressedAnswers(this IServiceCollection services) =>
        services.Configure<ResponseCompressionOptions>(compression =>
            compression.MimeTypes = ResponseCompressionDefaults.MimeTypes.Concat(Media)
        );

    /// <summary>Stands after the routing, which knows what the endpoint permits.</summary>
    public static void UseCompressedAnswers(this WebApplication app) =>
        app.UseWhen(
            IsForReaders,
            answers =>
            {
                answers.Use(
                    (context, next) =>
                    {
                        context.Response.OnStarting(() => WeakenTag(context.Response.Headers));
                        return next(context);
                    }
                );
                answers.UseResponseCompression();
            }
        );

    private static bool IsForReaders(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin"
        && context.GetEndpoint()?.Metadata.GetMetadata<PermitAttribute>() is { Any: [Permission.Read] };

    /// <summary>Other bytes have another strong tag (RFC 9110, section 8.8.3.3); a weak one says the same of both.</summary>
    private static Task WeakenTag(IHeaderDictionary headers)
    {
        if (headers.ContentEncoding.Count > 0 && headers.ETag.ToString() is ['"', ..] tag)
            headers.ETag = $"W/{tag}";
        return Task.CompletedTask;
    }
}
