using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Ledger.Server.Description;

/// <summary>What GeoJSON (RFC 7946) looks like; it is written without these types.</summary>
/// <param name="Type">Always <c>FeatureCollection</c>.</param>
/// <param name="Features">One of each.</param>
/// <param name="Pinned">Path and query of the same for ever.</param>
public sealed record FeatureCollection(string Type, ImmutableArray<Feature> Features, string Pinned)
{
    public const string MediaType = "application/geo+json";
}

/// <summary>One thing on a map.</summary>
/// <param name="Type">Always <c>Feature</c>.</param>
/// <param name="Id">Its own, the same in every answer.</param>
/// <param name="Geometry">Null where the place is not known as a point.</param>
/// <param name="Properties">What is said of it.</param>
public sealed record Feature(
    string Type,
    string Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Geometry? Geometry,
    JsonObject Properties
);

/// <summary>Where it is.</summary>
/// <param name="Type">Point, Polygon or MultiPolygon.</param>
/// <param name="Coordinates">Longitude and latitude as numbers, nested as the type asks.</param>
public sealed record Geometry(string Type, JsonArray Coordinates);
