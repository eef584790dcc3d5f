using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Ledger.Server.Answers;

/// <summary>
/// A table for a spreadsheet (RFC 4180). A spreadsheet takes text that begins with a sign of arithmetic for a formula,
/// and a formula may fetch or run what its author likes; such text gets an apostrophe in front, by which spreadsheets
/// know that it is text.
/// </summary>
/// <param name="name">Of the file, without its ending.</param>
/// <param name="table">Its columns.</param>
/// <param name="rows">Each a JSON object.</param>
/// <param name="mark">Whether to begin with a byte order mark, without which Excel does not know Arabic from
/// noise.</param>
public sealed class CsvAnswer(string name, TableColumns table, IEnumerable<JsonNode> rows, bool mark) : IResult
{
    public const string MediaType = "text/csv";

    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n;\t'");

    /// <summary>
    /// The wide ones too: where Chinese or Japanese is written, spreadsheets take them for the narrow ones.
    /// </summary>
    private const string Signs = "=+-@\t\r\n|%＝＋－＠";

    /// <summary>
    /// Left out or skipped by some programs before they look for a formula: spaces of other scripts, marks of
    /// direction.
    /// </summary>
    private const string Unseen =
        " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u2066\u2067\u2068\u2069\u3000\ufeff";

    /// <summary>Read at once, so that nobody holds a book while a slow client takes its table.</summary>
    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(table.Head(mark) + string.Concat(rows.Select(table.Line)));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        Describe(response, name);
        response.ContentLength = _bytes.Length;
        return response.Body.WriteAsync(_bytes, httpContext.RequestAborted).AsTask();
    }

    /// <summary>A file to keep, never a page to show.</summary>
    public static void Describe(HttpResponse response, string name)
    {
        response.ContentType = $"{MediaType}; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        response.Headers.CacheControl = "no-cache";
    }

    /// <summary>One cell, ready to be written.</summary>
    public static string Cell(string text)
    {
        // A number may begin with a minus; text after whitespace is still a formula to some programs.
        if (
            text.AsSpan().TrimStart(Unseen) is [var first, ..]
            && Signs.Contains(first)
            && !decimal.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out _
            )
        )
            text = $"'{text}";
        return text.AsSpan().ContainsAny(Quoted) || text.StartsWith(' ') || text.EndsWith(' ')
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }
}
