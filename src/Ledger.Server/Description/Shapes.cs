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
            "An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.",
            "2018-10-14T15:30:00Z"
        ),
        [typeof(LocalDate)] = (JsonSchemaType.String, "A day in the agreement's time zone.", "2018-10-14"),
        [typeof(decimal)] = (
            JsonSchemaType.String,
            "Decimal text, because nothing that is hashed contains floating-point numbers.",
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
        [typeof(JsonArray)] = (JsonSchemaType.Array, "A list of anything.", "{}"),
        [typeof(JsonNode)] = (JsonSchemaType.Object | JsonSchemaType.Array, "Any JSON.", "{}"),
    };

    public static Task DescribeAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        Describe(schema, Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type);
        return Task.CompletedTask;
    }

    /// <summary>Whether it is one of them, and has its shape now.</summary>
    public static bool Describe(OpenApiSchema schema, Type type)
    {
        if (!Known.TryGetValue(type, out var shape))
            return false;
        schema.Type = shape.Type;
        schema.Description ??= shape.Meaning;
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
        Parts(schema, type);
        return true;
    }

    /// <summary>Of those that may be an object, which one.</summary>
    private static void Parts(OpenApiSchema schema, Type type)
    {
        static OpenApiSchema Of(JsonSchemaType type, string meaning) => new() { Type = type, Description = meaning };
        if (type == typeof(Occurrence))
            Either(
                schema,
                JsonSchemaType.String,
                new()
                {
                    ["from"] = Of(JsonSchemaType.String, "The first instant or day in it."),
                    ["until"] = Of(JsonSchemaType.String, "Its end, which is excluded."),
                    ["precision"] = new OpenApiSchema
                    {
                        Type = JsonSchemaType.String,
                        Description = "How exactly the source states it.",
                        Enum = [.. Occurrence.Precisions.OrderBy(p => p.Value).Select(p => JsonValue.Create(p.Key))],
                    },
                },
                ["from"]
            );
        else if (type == typeof(Quantity))
            Either(
                schema,
                JsonSchemaType.Integer,
                new()
                {
                    ["low"] = Of(JsonSchemaType.Integer, "At least so many."),
                    ["best"] = Of(JsonSchemaType.Integer, "The source's best estimate."),
                    ["high"] = Of(JsonSchemaType.Integer, "The maximum number to return."),
                },
                ["low", "high"]
            );
        else if (type == typeof(GeoShape))
        {
            schema.Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["type"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Description = "Which of the two it is.",
                    Enum = ["Polygon", "MultiPolygon"],
                },
                ["coordinates"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Description = "Rings of longitude and latitude, as GeoJSON (RFC 7946) nests them.",
                    Items = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema() },
                },
            };
            schema.Required = new HashSet<string>(StringComparer.Ordinal) { "type", "coordinates" };
        }
    }

    private static void Either(
        OpenApiSchema schema,
        JsonSchemaType inShort,
        Dictionary<string, IOpenApiSchema> members,
        string[] required
    )
    {
        schema.Type = null;
        schema.OneOf =
        [
            new OpenApiSchema { Type = inShort },
            new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = members,
                Required = new HashSet<string>(required, StringComparer.Ordinal),
            },
        ];
    }
}
