namespace Ledger.Cli.Reports.Importing;

/// <summary>One record of a data set as it lies in a file.</summary>
/// <param name="Number">As a spreadsheet counts it: the first line of a table is its header, so its first record is row
/// 2.</param>
/// <param name="Line">Of the file, where the record begins; a cell may hold line ends.</param>
/// <param name="Cell">Gives the text of a column; null where there is none.</param>
/// <param name="Problem">Why the record cannot be read, though its end was found.</param>
public sealed record SourceRow(long Number, long Line, Func<string, string?> Cell, string? Problem = null);

/// <summary>The file itself cannot be read on; what came before it stands.</summary>
public sealed class SourceException(long row, string message) : Exception(message)
{
    /// <summary>The first row that was not read.</summary>
    public long Row => row;
}
