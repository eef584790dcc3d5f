using System.IO.Pipelines;
using System.Text.Json;
using Ledger.Domain.Entries;
using Ledger.Server.Answers;

namespace Ledger.Server.Tables.Formats;

/// <summary>One JSON object: <c>about</c>, and <c>rows</c> with a member for each column that has a value.</summary>
internal static class JsonFile
{
    public static readonly JsonWriterOptions Options = new() { Encoder = LedgerJson.Options.Encoder };

    public static async Task WriteAsync(TableFile file, PipeWriter body, CancellationToken cancellationToken)
    {
        await using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            WriteAbout(json, file.About);
            json.WriteStartArray("rows");
            await foreach (var row in file.Rows.WithCancellation(cancellationToken))
            {
                json.WriteStartObject();
                WriteMembers(json, file.Columns, row);
                json.WriteEndObject();
                await FlushAsync(json, body, cancellationToken);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        await body.FlushAsync(cancellationToken);
    }

    public static void WriteAbout(Utf8JsonWriter json, TableAbout about)
    {
        json.WritePropertyName("about");
        JsonSerializer.Serialize(json, about, LedgerJson.Options);
    }

    public static void WriteMembers(Utf8JsonWriter json, TableColumns columns, TableRow row)
    {
        for (var i = 0; i < row.Values.Count; i++)
        {
            if (row.Values[i] is not { } value)
                continue;
            json.WritePropertyName(columns.Columns[i].Name);
            switch (value)
            {
                case decimal number:
                    json.WriteNumberValue(number);
                    break;
                case bool truth:
                    json.WriteBooleanValue(truth);
                    break;
                case IEnumerable<string> list when value is not string:
                    json.WriteStartArray();
                    foreach (var item in list)
                        json.WriteStringValue(item);
                    json.WriteEndArray();
                    break;
                default:
                    json.WriteStringValue(TableColumns.Text(value));
                    break;
            }
        }
    }

    public static async Task FlushAsync(Utf8JsonWriter json, PipeWriter body, CancellationToken cancellationToken)
    {
        if (json.BytesPending + body.UnflushedBytes <= LongAnswer.Piece)
            return;
        json.Flush();
        await body.FlushAsync(cancellationToken);
    }
}
