using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ledger.Server.Answers;
using Ledger.Server.Tables.Formats;

namespace Ledger.Server.Tables;

/// <summary>
/// Describes a file from beside it, as CSV on the Web does (W3C Metadata Vocabulary for Tabular Data).
/// </summary>
/// <param name="Context">Says that it is such a description.</param>
/// <param name="Url">The file, relative to this one.</param>
/// <param name="Title">The agreement and the table.</param>
/// <param name="Notes">What the file shows.</param>
/// <param name="TableSchema">Its columns.</param>
public sealed record TableMetadata(
    [property: JsonPropertyName("@context")] string Context,
    string Url,
    [property: JsonPropertyName("dc:title")] string Title,
    ImmutableArray<TableAbout> Notes,
    TableSchema TableSchema
)
{
    public const string MediaType = "application/csvm+json";

    public static TableMetadata Of(TableAbout about, TableColumns columns, string file) =>
        new(
            "http://www.w3.org/ns/csvw",
            about.Pinned.Split('?') is [_, var query] ? $"{file}?{query}" : file,
            $"{about.Agreement} {about.Table}",
            [about],
            new TableSchema([
                .. columns.Columns.Select(column => new DescribedColumn(
                    column.Name,
                    column.Form switch
                    {
                        ColumnForm.Number => "decimal",
                        ColumnForm.Instant => "dateTimeStamp",
                        ColumnForm.Day or ColumnForm.LastDay => "date",
                        _ => "string",
                    }
                )),
            ])
        );
}

/// <summary>The columns of a file.</summary>
/// <param name="Columns">In order.</param>
public sealed record TableSchema(ImmutableArray<DescribedColumn> Columns);

/// <summary>One column.</summary>
/// <param name="Titles">What its first cell says.</param>
/// <param name="Datatype">Of XML Schema: string, decimal, date, dateTimeStamp.</param>
public sealed record DescribedColumn(string Titles, string Datatype);
