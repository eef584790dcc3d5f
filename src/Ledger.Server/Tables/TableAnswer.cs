using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Server.Answers;
using Ledger.Server.Tables.Formats;
using Ledger.Verdicts.Answers;

namespace Ledger.Server.Tables;

/// <summary>
/// A table as a file to keep. What it shows is told in header fields too, for formats that have no place for it.
/// </summary>
internal sealed class TableAnswer(TableFile file, TableFormat format, string name) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, about) = (httpContext.Response, file.About);
        response.ContentType = format.MediaType;
        var headers = response.Headers;
        headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        headers.CacheControl = "no-cache";
        headers["Ledger-Position"] = TableColumns.Text((decimal)about.Position);
        headers["Ledger-Root"] = about.Root;
        if (about.Lens is { } lens)
            headers["Ledger-Lens"] = InAscii(lens);
        var (path, query) = (about.Pinned.Split('?')[0], about.Pinned.Split('?').ElementAtOrDefault(1));
        headers.Link =
            $"<{about.Pinned}>; rel=\"canonical\", <{path}-metadata.json?{query}>; rel=\"describedby\"; type=\"{TableMetadata.MediaType}\"";
        await format.WriteAsync(file, response.BodyWriter, httpContext.RequestAborted);
    }

    /// <summary>A header field holds nothing else; the names of sources may.</summary>
    private static string InAscii(LensUsed lens) => TableList.Json(lens).ToJsonString(JsonSerializerOptions.Default);
}
