using System.Text.Json.Nodes;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NodaTime;

namespace Ledger.Server.Description;

/// <summary>The shapes of values that are written otherwise than their types suggest: as text, or in short.</summary>
public static class Shapes
{
    private static readonly Dictionary<Type, (JsonSchemaType Type, string Meaning, string Example)> Known = new()
    {
        [typeof(Instant)] = (
            JsonSchemaType.String,
            "An instant, UTC with up to six decimals. In what you send also with an offset, or a day, which stands for its start in the agreement's time zone.",
            "2018-10-14T15:30:00Z"
        ),
        [typeof(LocalDate)] = (JsonSchemaType.String, "A day in the agreement's time zone.", "2018-10-14"),
        [typeof(decimal)] = (
            JsonSchemaType.String,
            "Decimal text, as there are no floating-point numbers in what is hashed.",
            "35.81418"
        ),
        [typeof(char)] = (JsonSchemaType.String, "An Admiralty letter, A to F; F is 'cannot be judged'.", "C"),
        [typeof(GeoShape)] = (
            JsonSchemaType.Object,
            "A GeoJSON Polygon or MultiPolygon; coordinates as numbers or decimal text.",
            "{}"
        ),
        [typeof(Occurrence)] = (
            JsonSchemaType.Object | JsonSchemaType.String,
            "A day, an instant, or an object with from, until (excluded) and precision: instant, day, days, week, month, year.",
            "2018-10-14"
        ),
        [typeof(Quantity)] = (
            JsonSchemaType.Object | JsonSchemaType.Integer,
            "A whole number, or an object with low, best and high.",
            "3"
        ),
        [typeof(JsonObject)] = (JsonSchemaType.Object, "Any JSON object.", "{}"),
        [typeof(JsonNode)] = (JsonSchemaType.Object | JsonSchemaType.Array, "Any JSON.", "{}"),
    };

    public static Task DescribeAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (!Known.TryGetValue(type, out var shape))
            return Task.CompletedTask;
        schema.Type = shape.Type;
        schema.Description = shape.Meaning;
        schema.Properties = null;
        schema.Required = null;
        schema.Pattern = null;
        schema.Format = null;
        schema.Items = null;
        schema.AnyOf = null;
        schema.OneOf = null;
        schema.AdditionalPropertiesAllowed = true;
        if (shape.Example != "{}")
            schema.Examples = [JsonValue.Create(shape.Example)];
        return Task.CompletedTask;
    }
}
