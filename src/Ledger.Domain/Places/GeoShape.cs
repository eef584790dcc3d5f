using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using NetTopologySuite.Geometries;

namespace Ledger.Domain.Places;

/// <summary>
/// A polygon or multipolygon in WGS 84 (GeoJSON, RFC 7946), whose coordinates are decimal strings in what is hashed.
/// Rings are closed, the first of each polygon is its outside.
/// </summary>
public sealed record GeoShape
{
    /// <summary>More corners than this do not fit into one entry of the ledger, and no agreement needs them.</summary>
    public const int MostPositions = 2_000;

    private static readonly GeometryFactory Factory = new(new PrecisionModel(PrecisionModels.Floating), 4326);

    private GeoShape(JsonObject json, Geometry geometry) => (Json, Geometry) = (json, geometry);

    /// <summary>Canonical GeoJSON geometry: <c>type</c> and <c>coordinates</c>, numbers as decimal strings.</summary>
    public JsonObject Json { get; }

    /// <summary>Longitude is X and latitude is Y, in degrees.</summary>
    public Geometry Geometry { get; }

    public bool Equals(GeoShape? other) => other is not null && JsonNode.DeepEquals(Json, other.Json);

    public override int GetHashCode() => Json.ToJsonString().GetHashCode(StringComparison.Ordinal);

    /// <summary>
    /// Reads a GeoJSON geometry, feature or collection of one feature; coordinates may be numbers or decimal strings.
    /// </summary>
    public static GeoShape? Read(InputNode input)
    {
        if (!input.IsPresent)
            return null;
        switch (input["type"].Text(40))
        {
            case "Feature":
                return Read(input["geometry"]);
            case "FeatureCollection" when input["features"].Items() is [var only]:
                return Read(only);
            case "FeatureCollection":
                input.Wrong(
                    "zone/not-one-feature",
                    "A zone's geometry is one feature; merge several into a MultiPolygon."
                );
                return null;
            case "Polygon":
                return Build(input, [input["coordinates"]], "Polygon");
            case "MultiPolygon":
                return Build(input, [.. input["coordinates"].Items(MostPositions)], "MultiPolygon");
            case null:
                input["type"].Required("\"Polygon\" or \"MultiPolygon\"");
                return null;
            case var other:
                input["type"]
                    .Wrong("zone/not-a-polygon", $"'{other}' cannot be a zone: give a Polygon or a MultiPolygon.");
                return null;
        }
    }

    private static GeoShape? Build(InputNode input, List<InputNode> polygons, string type)
    {
        var left = MostPositions;
        var shapes = new List<Polygon>();
        var json = new JsonArray();
        foreach (var polygon in polygons)
        {
            if (!polygon.Required("a list of rings"))
                return null;
            var rings = new List<LinearRing>();
            var ringsJson = new JsonArray();
            foreach (var ring in polygon.Items(MostPositions))
            {
                if (Ring(ring, ref left, ringsJson) is not { } shape)
                    return null;
                rings.Add(shape);
            }

            if (rings.Count == 0)
            {
                polygon.Wrong("zone/empty", "A polygon needs at least one ring.");
                return null;
            }

            shapes.Add(Factory.CreatePolygon(rings[0], [.. rings.Skip(1)]));
            json.Add(ringsJson);
        }

        Geometry geometry = shapes.Count == 1 ? shapes[0] : Factory.CreateMultiPolygon([.. shapes]);
        if (!geometry.IsValid || geometry.IsEmpty)
        {
            var reason = new NetTopologySuite.Operation.Valid.IsValidOp(geometry).ValidationError;
            input.Wrong(
                "zone/invalid-geometry",
                $"The geometry is not valid: {reason?.Message ?? "it is empty"}"
                    + $"{(reason?.Coordinate is { } at ? $" near {at.X}, {at.Y}" : "")}."
            );
            return null;
        }

        return new GeoShape(
            new JsonObject { ["type"] = type, ["coordinates"] = type == "Polygon" ? json[0]!.DeepClone() : json },
            geometry
        );
    }

    private static LinearRing? Ring(InputNode ring, ref int left, JsonArray into)
    {
        var positions = ring.Items(MostPositions);
        left -= positions.Length;
        if (left < 0)
        {
            ring.Wrong(
                "zone/too-many-positions",
                $"A zone has at most {MostPositions} positions; simplify the geometry."
            );
            return null;
        }

        var coordinates = new Coordinate[positions.Length];
        var json = new JsonArray();
        for (var i = 0; i < positions.Length; i++)
        {
            if (positions[i].Items(3) is not [var x, var y, ..])
            {
                positions[i].Wrong("zone/not-a-position", "A position is [longitude, latitude].");
                return null;
            }

            if (GeoPoint.Degrees(x, 180) is not { } lon || GeoPoint.Degrees(y, 90) is not { } lat)
                return null;
            coordinates[i] = new Coordinate((double)lon, (double)lat);
            json.Add(new JsonArray(DecimalText.Of(lon), DecimalText.Of(lat)));
        }

        if (coordinates.Length < 4 || !coordinates[0].Equals2D(coordinates[^1]))
        {
            ring.Wrong("zone/open-ring", "A ring has at least four positions and ends where it starts.");
            return null;
        }

        into.Add(json);
        return Factory.CreateLinearRing(coordinates);
    }
}
