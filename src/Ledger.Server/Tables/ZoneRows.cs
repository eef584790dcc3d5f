using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Server.Agreements;
using Ledger.Server.Answers;
using Ledger.Verdicts;

namespace Ledger.Server.Tables;

/// <summary>The geometries of the zones, each as a row; the columns are what GeoJSON calls properties.</summary>
internal static class ZoneRows
{
    public static readonly ImmutableArray<TableColumn> Columns =
    [
        new("feature", "id"),
        new("zone", "properties/zone"),
        new("name", "properties/name", ColumnForm.Words),
        new("part", "properties/part"),
        new("from", "properties/from", ColumnForm.Instant),
        new("first_day", "properties/from", ColumnForm.Day),
        new("entry", "properties/entry"),
        new("source", "properties/source"),
    ];

    public static IEnumerable<JsonNode> Of(Book book, Question question) => ShowZones.Features(book, question);
}
