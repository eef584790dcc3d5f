namespace Ledger.Benchmarks.Measuring;

/// <summary>Plain text columns; the first stands left, the others right.</summary>
internal sealed class Table(params string[] head)
{
    private readonly List<string[]> _rows = [head];

    public void Add(params string[] row) => _rows.Add(row);

    public void Print(string title)
    {
        var widths = head.Select((_, column) => _rows.Max(row => row[column].Length)).ToArray();
        Console.WriteLine();
        Console.WriteLine(title);
        foreach (var row in _rows)
            Console.WriteLine(
                "  "
                    + string.Join(
                        "  ",
                        row.Select(
                            (cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column])
                        )
                    )
            );
    }

    /// <summary>Three digits that matter, and separators between thousands.</summary>
    public static string Number(double value) =>
        value switch
        {
            >= 100 => value.ToString("N0"),
            >= 10 => value.ToString("N1"),
            >= 0.1 => value.ToString("N2"),
            _ => value.ToString("N4"),
        };
}
