using System.IO.Pipelines;
using System.Text;
using Ledger.Server.Answers;

namespace Ledger.Server.Tables.Formats;

/// <summary>CSV (RFC 4180). What the file shows is told in its name, in header fields and beside it.</summary>
internal static class CsvFile
{
    public static async Task WriteAsync(TableFile file, PipeWriter body, CancellationToken cancellationToken)
    {
        Encoding.UTF8.GetBytes(file.Columns.Head(file.Mark), body);
        await foreach (var row in file.Rows.WithCancellation(cancellationToken))
        {
            Encoding.UTF8.GetBytes(TableColumns.Line(row.Values), body);
            if (body.UnflushedBytes > LongAnswer.Piece)
                await body.FlushAsync(cancellationToken);
        }

        await body.FlushAsync(cancellationToken);
    }
}
