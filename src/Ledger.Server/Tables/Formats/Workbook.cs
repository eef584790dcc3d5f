using System.Data;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Server.Answers;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;
using NodaTime;

namespace Ledger.Server.Tables.Formats;

/// <summary>
/// An Excel workbook: the table on the first sheet, what it shows on the second. Days are days and numbers are numbers;
/// an instant stays text with its offset, because Excel knows no offsets and would show another day.
/// </summary>
internal static class Workbook
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Rows of a sheet in Excel, without the header.</summary>
    public const int MostRows = 1_048_575;

    /// <summary>Characters of a cell in Excel.</summary>
    private const int LongestText = 32_767;

    public static async Task WriteAsync(TableFile file, PipeWriter body, CancellationToken cancellationToken)
    {
        using var sheets = new DataSet();
        sheets.Tables.Add(await RowsAsync(file, cancellationToken));
        sheets.Tables.Add(About(file.About));
        // A workbook is an archive, whose writer has to go back.
        await using var archive = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            }
        );
        await archive.SaveAsAsync(sheets, configuration: Style(file.Columns), cancellationToken: cancellationToken);
        archive.Position = 0;
        await archive.CopyToAsync(body.AsStream(leaveOpen: true), LongAnswer.Piece, cancellationToken);
        await body.FlushAsync(cancellationToken);
    }

    private static OpenXmlConfiguration Style(TableColumns columns) =>
        new()
        {
            FreezeRowCount = 1,
            AutoFilter = true,
            RightToLeft = columns.Names?.IsFromTheRight == true,
            DynamicColumns =
            [
                .. columns
                    .Columns.Where(column => column.Form is ColumnForm.Day or ColumnForm.LastDay)
                    .Select(column => new MiniExcelLibs.Attributes.DynamicExcelColumn(column.Name)
                    {
                        Format = "yyyy-mm-dd",
                    }),
            ],
        };

    private static async Task<DataTable> RowsAsync(TableFile file, CancellationToken cancellationToken)
    {
        var table = new DataTable(file.About.Table);
        foreach (var column in file.Columns.Columns)
            table.Columns.Add(column.Name, typeof(object));
        await foreach (var row in file.Rows.WithCancellation(cancellationToken))
            table.Rows.Add([.. row.Values.Select(Cell)]);

        return table;
    }

    private static DataTable About(TableAbout about)
    {
        var table = new DataTable("about");
        table.Columns.Add("what", typeof(object));
        table.Columns.Add("value", typeof(object));
        foreach (
            var (name, value) in JsonSerializer
                .SerializeToNode(about, LedgerJson.Options)!
                .AsObject()
                .Where(member => member.Value is not null)
        )
            table.Rows.Add(
                name,
                XmlText.Of(value is JsonObject part ? part.ToJsonString(LedgerJson.Options) : value!.ToString())
            );
        return table;
    }

    private static object Cell(object? value) =>
        value switch
        {
            null => DBNull.Value,
            decimal or bool => value,
            LocalDate day => day.ToDateTimeUnspecified(),
            _ => XmlText.Of(value) is { Length: > LongestText } text ? text[..LongestText] : XmlText.Of(value),
        };
}
