using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Server.Answers;
using Ledger.Server.Description;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Server.Tables.Formats;

/// <summary>A table as it was asked for, in no format yet.</summary>
/// <param name="About">What the file says of itself.</param>
/// <param name="Columns">In order.</param>
/// <param name="Rows">In an order that depends on the question alone.</param>
/// <param name="Mark">Whether CSV begins with a byte order mark.</param>
public sealed record TableFile(TableAbout About, TableColumns Columns, IAsyncEnumerable<TableRow> Rows, bool Mark);

/// <param name="Values">One for each column.</param>
/// <param name="Geometry">As GeoJSON; null where the place is not known, or the table has none.</param>
public readonly record struct TableRow(IReadOnlyList<object?> Values, JsonNode? Geometry);

/// <summary>What a table shows: who has it can ask the same again, and check it against a checkpoint.</summary>
public sealed record TableAbout
{
    /// <summary>The agreement's short name.</summary>
    public required string Agreement { get; init; }

    /// <summary>The table's name.</summary>
    public required string Table { get; init; }

    /// <summary>What a row is.</summary>
    public required string Row { get; init; }

    /// <summary>The table shows the entries up to this position.</summary>
    public required long Position { get; init; }

    /// <summary>The root of the log at that position, in hexadecimal.</summary>
    public required string Root { get; init; }

    /// <summary>Version of the agreement file used.</summary>
    public required string Reading { get; init; }

    /// <summary>Days are days of this time zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The valid time; null where the table does not depend on it.</summary>
    public Instant? AsOf { get; init; }

    /// <summary>Which of the known facts count; null where the table does not depend on it.</summary>
    public LensUsed? Lens { get; init; }

    /// <summary>The language of names; null where the table has codes.</summary>
    public string? Labels { get; init; }

    /// <summary>Path and query of the same for ever.</summary>
    public required string Pinned { get; init; }
}

/// <summary>A table as JSON; it is written without this type.</summary>
/// <param name="About">What it shows.</param>
/// <param name="Rows">A member for each column that has a value.</param>
public sealed record TableRows(TableAbout About, ImmutableArray<JsonObject> Rows);

/// <summary>A table as GeoJSON (RFC 7946); it is written without this type.</summary>
/// <param name="Type">Always <c>FeatureCollection</c>.</param>
/// <param name="About">What it shows.</param>
/// <param name="Features">One of each row.</param>
public sealed record TableFeatures(string Type, TableAbout About, ImmutableArray<Feature> Features);
