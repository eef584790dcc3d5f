using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Server.Answers;
using Ledger.Server.Description;
using Ledger.Server.Tables;
using Ledger.Server.Tables.Formats;

namespace Ledger.Server.Features;

/// <summary>A page of features as GeoJSON; it is written without this type.</summary>
/// <param name="Type">Always <c>FeatureCollection</c>.</param>
/// <param name="About">What the features show.</param>
/// <param name="TimeStamp">When it was answered.</param>
/// <param name="NumberMatched">Features on all pages.</param>
/// <param name="NumberReturned">Features on this page.</param>
/// <param name="Links">To this page, and to the next if there is one.</param>
/// <param name="Features">In the order of the table.</param>
public sealed record FeaturePage(
    string Type,
    TableAbout About,
    string TimeStamp,
    int NumberMatched,
    int NumberReturned,
    ImmutableArray<Link> Links,
    ImmutableArray<Feature> Features
)
{
    internal static byte[] Write(
        TableAbout about,
        TableColumns columns,
        IReadOnlyList<TableRow> rows,
        int matched,
        string timeStamp,
        ImmutableArray<Link> links
    ) =>
        Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            JsonFile.WriteAbout(json, about);
            json.WriteString("timeStamp", timeStamp);
            json.WriteNumber("numberMatched", matched);
            json.WriteNumber("numberReturned", rows.Count);
            json.WritePropertyName("links");
            JsonSerializer.Serialize(json, links, LedgerJson.Options);
            json.WriteStartArray("features");
            foreach (var row in rows)
                GeoJsonFile.WriteFeature(json, columns, row);
            json.WriteEndArray();
            json.WriteEndObject();
        });

    /// <summary>One feature, with its links among its members.</summary>
    internal static JsonObject WriteOne(TableColumns columns, TableRow row, ImmutableArray<Link> links)
    {
        var feature = JsonNode.Parse(Write(json => GeoJsonFile.WriteFeature(json, columns, row)))!.AsObject();
        feature["links"] = TableList.Json(links);
        return feature;
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, JsonFile.Options))
            write(json);
        return bytes.WrittenSpan.ToArray();
    }
}

/// <summary>One feature with links.</summary>
/// <param name="Type">Always <c>Feature</c>.</param>
/// <param name="Id">Its own, the same in every answer.</param>
/// <param name="Geometry">Null where the place is not known as a point.</param>
/// <param name="Properties">What is said of it.</param>
/// <param name="Links">To itself and its collection.</param>
public sealed record LinkedFeature(
    string Type,
    string Id,
    [property: System.Text.Json.Serialization.JsonIgnore(
        Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never
    )]
        Geometry? Geometry,
    JsonObject Properties,
    ImmutableArray<Link> Links
);
