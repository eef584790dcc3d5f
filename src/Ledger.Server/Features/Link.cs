using System.Collections.Immutable;

namespace Ledger.Server.Features;

/// <summary>A link (OGC API - Features - Part 1, clause 5.2).</summary>
/// <param name="Href">Where it leads.</param>
/// <param name="Rel">What is there: self, next, data, items, collection, conformance, service-desc.</param>
/// <param name="Type">The media type there.</param>
/// <param name="Title">What to call it.</param>
public sealed record Link(string Href, string Rel, string Type, string Title);

/// <summary>Where a client begins.</summary>
/// <param name="Title">The agreement's title.</param>
/// <param name="Description">What is to be found here.</param>
/// <param name="Links">To the rest.</param>
public sealed record LandingPage(string Title, string Description, ImmutableArray<Link> Links);

/// <summary>What a client may rely on.</summary>
/// <param name="ConformsTo">Addresses of conformance classes.</param>
public sealed record Conformance(ImmutableArray<string> ConformsTo);

/// <summary>What there is to draw.</summary>
/// <param name="Links">To this list.</param>
/// <param name="Collections">Tables with places.</param>
public sealed record FeatureCollections(ImmutableArray<Link> Links, ImmutableArray<Collection> Collections);

/// <summary>A table with places.</summary>
/// <param name="Id">Part of its address.</param>
/// <param name="Title">What to call it.</param>
/// <param name="Description">What a feature is.</param>
/// <param name="ItemType">Always <c>feature</c>.</param>
/// <param name="Crs">Longitude and latitude in WGS 84.</param>
/// <param name="Extent">Where and when.</param>
/// <param name="Links">To its features.</param>
public sealed record Collection(
    string Id,
    string Title,
    string Description,
    string ItemType,
    ImmutableArray<string> Crs,
    Extent Extent,
    ImmutableArray<Link> Links
);

/// <summary>Where and when.</summary>
/// <param name="Spatial">A box around all places; null where none is known.</param>
/// <param name="Temporal">From the first beginning to the last end; null where there is none.</param>
public sealed record Extent(SpatialExtent? Spatial, TemporalExtent? Temporal);

/// <summary>A box around all places.</summary>
/// <param name="Bbox">One box: west, south, east, north.</param>
public sealed record SpatialExtent(ImmutableArray<ImmutableArray<double>> Bbox);

/// <summary>From the first beginning to the last end.</summary>
/// <param name="Interval">One interval of two instants.</param>
public sealed record TemporalExtent(ImmutableArray<ImmutableArray<string>> Interval);
