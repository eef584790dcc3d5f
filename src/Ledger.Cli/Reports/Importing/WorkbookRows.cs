using System.Globalization;
using Ledger.Domain.Input;
using MiniExcelLibs;
using NodaTime;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// The rows of an Excel workbook. Its days are days whatever form they are shown in, and its numbers are numbers whatever
/// decimal sign they are shown with.
/// </summary>
public static class WorkbookRows
{
    /// <param name="book">That can go back.</param>
    /// <param name="mapping">Names the sheet, or the columns by which it is found.</param>
    /// <exception cref="SourceException">No sheet, or more than one, has the columns.</exception>
    public static IEnumerable<SourceRow> Read(Stream book, Mapping mapping)
    {
        var (sheet, headerRow, header) = Sheet(book, mapping);
        var columns = CsvRows.Columns(header, mapping.Needed);
        var form = SourceForm.Workbook(Distinct(header));
        var number = 0L;
        book.Position = 0;
        foreach (var cells in Cells(book, sheet))
        {
            number++;
            if (number <= headerRow || cells.All(cell => cell is null or ""))
                continue;
            var row = cells;
            yield return new SourceRow(
                number,
                number,
                column => At(column) is { } cell ? Text(cell) : null,
                new RawRow(form, "")
                {
                    Cells = [.. Enumerable.Range(0, header.Count).Select(i => i < row.Length ? row[i] : null)],
                }
            )
            {
                Dated = column => At(column) is DateTime dated ? LocalDateTime.FromDateTime(dated) : null,
            };

            object? At(string column) => columns.TryGetValue(column, out var at) && at < row.Length ? row[at] : null;
        }
    }

    /// <summary>The names of all sheets.</summary>
    public static IReadOnlyList<string> Names(Stream book) => book.GetSheetNames();

    /// <summary>The first row of a sheet that says something, with its number.</summary>
    public static (long Row, IReadOnlyList<string> Names) Header(Stream book, string sheet)
    {
        var number = 0L;
        foreach (var cells in Cells(book, sheet))
        {
            number++;
            if (cells.Any(cell => cell is not (null or "")))
                return (number, [.. cells.Select(cell => Text(cell) ?? "")]);
        }

        return (number, []);
    }

    private static (string Sheet, long HeaderRow, IReadOnlyList<string> Header) Sheet(Stream book, Mapping mapping)
    {
        var sheets = Names(book)
            .Where(name => mapping.Sheet is null || name == mapping.Sheet)
            .Select(name => (Name: name, Header: Header(book, name)))
            .Where(sheet => sheet.Header.Names.Count > 0)
            .ToList();
        if (sheets is [])
            throw new SourceException(
                1,
                mapping.Sheet is { } wanted
                    ? $"The workbook has no sheet '{wanted}' with a header. It has {string.Join(", ", Names(book))}.{Nearest.Hint(wanted, Names(book))}"
                    : "The workbook is empty."
            );
        var fitting = sheets
            .Where(sheet => mapping.Needed.All(column => sheet.Header.Names.Any(name => name.Trim() == column)))
            .ToList();
        if (fitting.Count > 1)
            throw new SourceException(
                1,
                $"The workbook has {fitting.Count} sheets with the columns of the mapping, "
                    + $"{string.Join(", ", fitting.Select(sheet => sheet.Name))}: name one as 'sheet' in the mapping."
            );
        var (chosen, header) = fitting is [var only] ? only : sheets[0];
        return (chosen, header.Row, header.Names);
    }

    private static IEnumerable<object?[]> Cells(Stream book, string sheet)
    {
        book.Position = 0;
        foreach (
            IDictionary<string, object?> row in book.Query(
                useHeaderRow: false,
                sheetName: sheet,
                excelType: ExcelType.XLSX
            )
        )
            yield return [.. row.Values];
    }

    private static string? Text(object? cell) =>
        cell switch
        {
            null => null,
            DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
            // A number of a workbook is binary; its shortest decimal text is what was typed.
            double number => ((decimal)number).ToString(CultureInfo.InvariantCulture),
            bool truth => truth ? "true" : "false",
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => cell.ToString(),
        };

    /// <summary>A column without a name, or with that of another, has its number added.</summary>
    private static List<string> Distinct(IReadOnlyList<string> header)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. header.Select((name, at) => seen.Add(name) && name.Length > 0 ? name : $"{name} {at + 1}".Trim())];
    }
}
