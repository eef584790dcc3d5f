using NodaTime;

namespace Ledger.Cli.Reports.Importing;

/// <summary>One record of a data set as it lies in a file.</summary>
/// <param name="Number">As a spreadsheet counts it: the first line of a table is its header, so its first record is row
/// 2.</param>
/// <param name="Line">Of the file, where the record begins; a cell may hold line ends.</param>
/// <param name="Cell">Gives the text of a column; null where there is none.</param>
/// <param name="Raw">As the file writes it, so that what is refused can be handed back in the same form.</param>
/// <param name="Problem">Why the record cannot be read, though its end was found.</param>
public sealed record SourceRow(long Number, long Line, Func<string, string?> Cell, RawRow Raw, string? Problem = null)
{
    /// <summary>The day or time of a cell that is one, where the file keeps them apart from text, as workbooks do.</summary>
    public Func<string, LocalDateTime?>? Dated { get; init; }
}

/// <summary>A record as its file writes it.</summary>
/// <param name="Form">Of the file.</param>
/// <param name="Text">Without what stands between records.</param>
public sealed record RawRow(SourceForm Form, string Text)
{
    /// <summary>The cells of a workbook, each as what it is.</summary>
    public IReadOnlyList<object?> Cells { get; init; } = [];
}

/// <summary>The file itself cannot be read on; what came before it stands.</summary>
public sealed class SourceException(long row, string message) : Exception(message)
{
    /// <summary>The first row that was not read.</summary>
    public long Row => row;
}
