using System.Text;
using System.Text.Json.Nodes;

namespace Ledger.Server.Answers;

/// <summary>A table too long to be held: its rows are written as they come.</summary>
/// <param name="name">Of the file, without its ending.</param>
/// <param name="table">Its columns.</param>
/// <param name="rows">Each a JSON object.</param>
/// <param name="mark">Whether to begin with a byte order mark.</param>
public sealed class CsvStream(string name, TableColumns table, IAsyncEnumerable<JsonNode> rows, bool mark) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancellation) = (httpContext.Response, httpContext.RequestAborted);
        CsvAnswer.Describe(response, name);
        var body = response.BodyWriter;
        Encoding.UTF8.GetBytes(table.Head(mark), body);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            Encoding.UTF8.GetBytes(table.Line(row), body);
            if (body.UnflushedBytes > LongAnswer.Piece)
                await body.FlushAsync(cancellation);
        }

        await body.FlushAsync(cancellation);
    }
}
