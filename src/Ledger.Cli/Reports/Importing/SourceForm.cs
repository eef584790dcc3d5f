namespace Ledger.Cli.Reports.Importing;

/// <summary>How a file holds its records, so that some of them can be written in the same form.</summary>
/// <param name="Begin">Before the first record, such as a table's header.</param>
/// <param name="Between">Between one record and the next.</param>
/// <param name="End">After the last.</param>
public sealed record SourceForm(string Begin, string Between, string End)
{
    /// <summary>Of a table; none of JSON.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Whether its records are cells and no text.</summary>
    public bool IsWorkbook { get; init; }

    public static SourceForm Lines { get; } = new("", "\n", "\n");

    public static SourceForm Table(string header, IReadOnlyList<string> columns) =>
        new($"{header}\n", "\n", "\n") { Columns = columns };

    /// <param name="name">Under which a document keeps its list; null where it is one.</param>
    public static SourceForm List(string? name) =>
        name switch
        {
            null => new("[\n", ",\n", "\n]\n"),
            "features" => new("{\"type\": \"FeatureCollection\", \"features\": [\n", ",\n", "\n]}\n"),
            _ => new($"{{\"{name}\": [\n", ",\n", "\n]}\n"),
        };

    public static SourceForm Workbook(IReadOnlyList<string> columns) =>
        new("", "", "") { Columns = columns, IsWorkbook = true };
}
