using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Ledger.Domain.Entries;
using Microsoft.Net.Http.Headers;

namespace Ledger.Server.Answers;

/// <summary>A JSON answer. What can be read has an entity tag, and what cannot change any more says so.</summary>
public sealed class JsonAnswer(object body) : IResult
{
    private const string ForEver = "public, max-age=31536000, immutable";

    public int Status { get; init; } = StatusCodes.Status200OK;

    public string MediaType { get; init; } = "application/json";

    public string? Location { get; init; }

    /// <summary>RFC 8288 links, ready for the header.</summary>
    public string? Links { get; init; }

    /// <summary>Whether this address will give these bytes for ever.</summary>
    public bool Immutable { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var bytes = body as byte[] ?? JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), LedgerJson.Options);
        if (Location is not null)
            response.Headers.Location = Location;
        if (Links is not null)
            response.Headers.Link = Links;
        if (HttpMethods.IsGet(httpContext.Request.Method))
        {
            var tag = new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(SHA256.HashData(bytes).AsSpan(0, 15))}\"");
            response.Headers.ETag = tag.ToString();
            response.Headers.CacheControl = Immutable ? ForEver : "no-cache";
            if (
                httpContext
                    .Request.GetTypedHeaders()
                    .IfNoneMatch.Any(known =>
                        known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false)
                    )
            )
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }
        else
        {
            response.Headers.CacheControl = "no-store";
        }

        response.StatusCode = Status;
        response.ContentType = MediaType;
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }
}
