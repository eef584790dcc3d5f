using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Ledger.Server.Answers;

namespace Ledger.Server.Tables.Formats;

/// <summary>One JSON object a line, with a member for each column that has a value.</summary>
internal static class JsonLinesFile
{
    private static ReadOnlySpan<byte> LineEnd => "\n"u8;

    public static async Task WriteAsync(TableFile file, PipeWriter body, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(body, JsonFile.Options);
        await foreach (var row in file.Rows.WithCancellation(cancellationToken))
        {
            json.WriteStartObject();
            JsonFile.WriteMembers(json, file.Columns, row);
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            body.Write(LineEnd);
            if (body.UnflushedBytes > LongAnswer.Piece)
                await body.FlushAsync(cancellationToken);
        }

        await body.FlushAsync(cancellationToken);
    }
}
