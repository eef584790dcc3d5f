using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Ledger.Domain.Input;
using Ledger.Domain.Places;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;

namespace Ledger.Domain.Entries;

/// <summary>
/// How events are written as JSON: in the database, on the wire and, made canonical, in what is hashed. There are no
/// floats in it.
/// </summary>
public static class LedgerJson
{
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions());

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutWhatIsEmpty } };
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        // Text of people is kept readable; HTML is escaped where HTML is made.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(NodaConverters.InstantConverter);
        options.Converters.Add(NodaConverters.LocalDateConverter);
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new DecimalAsText());
        options.Converters.Add(new GeoShapeAsGeoJson());
        return options;
    }

    /// <summary>The event's payload, as it stands under <c>data</c> in its entry.</summary>
    public static JsonObject DataOf(LedgerEvent @event) =>
        JsonSerializer.SerializeToNode(@event, @event.GetType(), Options)!.AsObject();

    /// <summary>
    /// An entry says what was said and no more: empty lists of events and reports are left out of what is hashed.
    /// </summary>
    private static void LeaveOutWhatIsEmpty(JsonTypeInfo type)
    {
        if (!typeof(LedgerEvent).IsAssignableFrom(type.Type) && type.Type != typeof(Reports.Report))
            return;
        foreach (
            var property in type.Properties.Where(p =>
                p.PropertyType != typeof(string)
                && p.PropertyType != typeof(JsonObject)
                && typeof(IEnumerable).IsAssignableFrom(p.PropertyType)
            )
        )
            property.ShouldSerialize = (_, value) => value is IEnumerable items && items.GetEnumerator().MoveNext();
    }

    private sealed class DecimalAsText : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            decimal.Parse(
                reader.GetString()!,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture
            );

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteStringValue(DecimalText.Of(value));
    }

    private sealed class GeoShapeAsGeoJson : JsonConverter<GeoShape>
    {
        public override GeoShape Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var problems = new Problems();
            var shape = GeoShape.Read(new InputNode(JsonNode.Parse(ref reader), "", problems));
            return shape
                ?? throw new JsonException(
                    $"A recorded geometry cannot be read: {string.Join(' ', problems.ToImmutable())}"
                );
        }

        public override void Write(Utf8JsonWriter writer, GeoShape value, JsonSerializerOptions options) =>
            value.Json.WriteTo(writer, options);
    }
}
