using System.Collections.Immutable;
using System.IO.Pipelines;
using Ledger.Server.Answers;
using Ledger.Server.Description;

namespace Ledger.Server.Tables.Formats;

/// <param name="Ending">Of the file's name.</param>
/// <param name="MediaType">Of the answer.</param>
/// <param name="WriteAsync">Writes the whole file.</param>
public sealed record TableFormat(
    string Ending,
    string MediaType,
    Func<TableFile, PipeWriter, CancellationToken, Task> WriteAsync
)
{
    /// <summary>Whether it shows places, so that a table without any has no such file.</summary>
    public bool ShowsPlaces { get; init; }

    /// <summary>Rows that a file holds at most.</summary>
    public long MostRows { get; init; } = long.MaxValue;

    /// <summary>Whether the file can begin with a byte order mark.</summary>
    public bool HasMark { get; init; }
}

/// <summary>Every format in which every table can be had.</summary>
public static class TableFormats
{
    public static readonly ImmutableArray<TableFormat> All =
    [
        new("csv", $"{CsvAnswer.MediaType}; charset=utf-8", CsvFile.WriteAsync) { HasMark = true },
        new("xlsx", Workbook.MediaType, Workbook.WriteAsync) { MostRows = Workbook.MostRows },
        new("json", "application/json", JsonFile.WriteAsync),
        new("jsonl", JsonLines.MediaType, JsonLinesFile.WriteAsync),
        new("geojson", FeatureCollection.MediaType, GeoJsonFile.WriteAsync) { ShowsPlaces = true },
        new("kml", KmlFile.MediaType, KmlFile.WriteAsync) { ShowsPlaces = true },
    ];
}
