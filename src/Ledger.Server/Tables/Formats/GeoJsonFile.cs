using System.IO.Pipelines;
using System.Text.Json;
using Ledger.Server.Answers;

namespace Ledger.Server.Tables.Formats;

/// <summary>
/// A GeoJSON FeatureCollection (RFC 7946), with <c>about</c> as a foreign member. The first column identifies a feature.
/// </summary>
internal static class GeoJsonFile
{
    public static async Task WriteAsync(TableFile file, PipeWriter body, CancellationToken cancellationToken)
    {
        await using (var json = new Utf8JsonWriter(body, JsonFile.Options))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            JsonFile.WriteAbout(json, file.About);
            json.WriteStartArray("features");
            await foreach (var row in file.Rows.WithCancellation(cancellationToken))
            {
                WriteFeature(json, file.Columns, row);
                await JsonFile.FlushAsync(json, body, cancellationToken);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        await body.FlushAsync(cancellationToken);
    }

    public static void WriteFeature(Utf8JsonWriter json, TableColumns columns, TableRow row)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", TableColumns.Text(row.Values[0]));
        json.WritePropertyName("geometry");
        if (row.Geometry is null)
            json.WriteNullValue();
        else
            row.Geometry.WriteTo(json);
        json.WriteStartObject("properties");
        JsonFile.WriteMembers(json, columns, row);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
