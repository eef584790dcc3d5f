using System.Collections.Frozen;
using System.Text.Json.Serialization;
using Ledger.Domain.Input;

namespace Ledger.Domain.Places;

/// <summary>How exactly a source states where something happened.</summary>
public enum PlacePrecision
{
    Exact,
    Near,
    District,
    Region,
    Unknown,
}

/// <summary>Where something happened, as the source states it.</summary>
public sealed record Place
{
    /// <summary>The name as heard, in any spelling or language.</summary>
    public string? Name { get; init; }

    /// <summary>Gazetteer id or p-code, such as <c>SY0705</c>.</summary>
    public string? Code { get; init; }

    public GeoPoint? Point { get; init; }

    /// <summary>
    /// The exact point, where who was there must be protected; sealed. Verdicts go by the coarser place around it.
    /// </summary>
    public GeoPoint? Exact { get; init; }

    public required PlacePrecision Precision { get; init; }

    /// <summary>
    /// Metres around <see cref="Point"/> within which it happened; absent, the precision implies them.
    /// </summary>
    public int? Radius { get; init; }

    /// <summary>
    /// A zone of the agreement that the source names as the place, such as "in the demilitarised zone".
    /// </summary>
    public string? Zone { get; init; }

    /// <summary>
    /// Metres of uncertainty around <see cref="Point"/>, or null when nothing bounds it. A settlement spans kilometres,
    /// a Syrian district tens of them and a governorate about a hundred; a file or a form that knows better states a
    /// radius.
    /// </summary>
    [JsonIgnore]
    public int? UncertaintyMetres =>
        Point is null
            ? null
            : Radius
                ?? Precision switch
                {
                    PlacePrecision.Exact => 100,
                    PlacePrecision.Near => 5_000,
                    PlacePrecision.District => 25_000,
                    PlacePrecision.Region => 100_000,
                    PlacePrecision.Unknown => null,
                    _ => throw new System.Diagnostics.UnreachableException(),
                };

    public static readonly FrozenDictionary<string, PlacePrecision> Precisions = new Dictionary<string, PlacePrecision>
    {
        ["exact"] = PlacePrecision.Exact,
        ["near"] = PlacePrecision.Near,
        ["district"] = PlacePrecision.District,
        ["region"] = PlacePrecision.Region,
        ["unknown"] = PlacePrecision.Unknown,
    }.ToFrozenDictionary();

    public static Place? Read(InputNode input)
    {
        if (!input.IsPresent)
            return null;
        input.Only("name", "code", "point", "exact", "precision", "radius", "zone");
        if (!input.IsObject)
            return null;

        var point = GeoPoint.Read(input["point"]);
        var place = new Place
        {
            Name = input["name"].Text(300),
            Code = input["code"].Text(100),
            Point = point,
            Exact = GeoPoint.Read(input["exact"]),
            Precision =
                input["precision"].Choice(Precisions) ?? (point is null ? PlacePrecision.Unknown : PlacePrecision.Near),
            Radius = (int?)input["radius"].Integer(1, 1_000_000),
            Zone = input["zone"].Code(),
        };
        CheckCoarser(input, place);
        return place;
    }

    /// <summary>
    /// Sealing a point protects nobody when what stands in the clear says as much; and it must not say another thing.
    /// </summary>
    private static void CheckCoarser(InputNode input, Place place)
    {
        if (place.Exact is not { } exact)
            return;
        if (!input["precision"].IsPresent || place.Precision == PlacePrecision.Exact)
            input["precision"]
                .Wrong(
                    "place/not-coarser",
                    "With a sealed 'exact' point, the place must state a coarser public precision: "
                        + "near, district, region or unknown."
                );
        else if (place is { Name: null, Code: null, Point: null, Zone: null })
            input.Wrong(
                "place/no-coarser-place",
                "With a sealed 'exact' point, the place must name a public area, such as the district: "
                    + "'name', 'code', 'point' or 'zone'."
            );
        else if (place.Point == exact)
            input["point"]
                .Wrong(
                    "place/exact-in-the-clear",
                    "This is the exact point, and it would be public: "
                        + "give the point of the district, or leave it out."
                );
        else if (place is { Point: { } point, UncertaintyMetres: { } radius } && point.MetresTo(exact) > radius)
            input["exact"]
                .Wrong(
                    "place/exact-is-elsewhere",
                    $"The exact point is {point.MetresTo(exact):0} metres from 'point', but the public "
                        + $"place reaches only {radius} metres around it. Give a larger 'radius'."
                );
    }
}
