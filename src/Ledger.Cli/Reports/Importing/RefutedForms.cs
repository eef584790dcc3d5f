using System.Text.RegularExpressions;
using NodaTime.Text;

namespace Ledger.Cli.Reports.Importing;

/// <summary>A row that shows that a column is not written as the mapping says.</summary>
/// <param name="Fits">The form that does read it.</param>
public sealed record Refutation(long Row, string Cell, string Fits);

/// <summary>
/// What a first pass over the whole file found out about its days and times: 10/01 is a day in January or in October, and
/// it takes a later row, 10/13, to see which. One row that is not written in a form, but would be with the numbers of its
/// day, month and year in another order, refutes the form for the whole column.
/// </summary>
public sealed partial class RefutedForms
{
    private readonly Dictionary<(string Column, string Form), Refutation> _refuted = [];
    private readonly Dictionary<string, LocalDateTimePattern[]> _reorderings = new(StringComparer.Ordinal);

    public static RefutedForms None { get; } = new();

    public static RefutedForms In(Mapping mapping, IEnumerable<SourceRow> rows)
    {
        var columns = mapping.Cells.Where(cell => cell.Form is CellForm.Day or CellForm.Time).ToList();
        var forms = new RefutedForms();
        if (columns is [])
            return forms;
        try
        {
            foreach (var row in rows.Where(row => row.Problem is null))
            foreach (var column in columns)
                forms.Look(row, column, new Reading(row, mapping, None, new()).Cell(column.Column));
        }
        catch (SourceException)
        {
            // The pass that files will stop at the same place, and say so.
        }

        return forms;
    }

    public Refutation? Of(string column, LocalDateTimePattern form) =>
        _refuted.GetValueOrDefault((column, form.PatternText));

    private void Look(SourceRow row, ColumnValue column, string? cell)
    {
        if (cell is null || row.Dated?.Invoke(column.Column) is not null)
            return;
        foreach (var form in column.Days.Where(form => ColumnValue.Written(cell, form) is null))
        {
            // Another form of the mapping may read the cell; that this one does not is evidence all the same.
            if (
                Reorderings(form.PatternText).FirstOrDefault(other => ColumnValue.Written(cell, other) is not null) is
                { } fits
            )
                _refuted.TryAdd((column.Column, form.PatternText), new(row.Number, cell, fits.PatternText));
        }
    }

    /// <summary>The same form with the numbers of day, month and year of two digits in every other order.</summary>
    private LocalDateTimePattern[] Reorderings(string form)
    {
        if (_reorderings.TryGetValue(form, out var known))
            return known;
        var parts = Parts().Matches(form).Select(match => match.Groups["number"]).Where(part => part.Success).ToList();
        return _reorderings[form] = [
            .. Orders([.. parts.Select(part => part.Value)])
                .Select(order =>
                {
                    var at = 0;
                    return Parts().Replace(form, part => part.Groups["number"].Success ? order[at++] : part.Value);
                })
                .Where(other => other != form)
                .Distinct(StringComparer.Ordinal)
                .Select(LocalDateTimePattern.CreateWithInvariantCulture),
        ];
    }

    private static IEnumerable<IReadOnlyList<string>> Orders(IReadOnlyList<string> parts) =>
        parts.Count <= 1
            ? [parts]
            : parts.SelectMany(
                (part, at) =>
                    Orders([.. parts.Where((_, other) => other != at)])
                        .Select(rest => (IReadOnlyList<string>)[part, .. rest])
            );

    /// <summary>Numbers of a day, a month or a year of two digits, and quoted text, which holds none.</summary>
    [GeneratedRegex(
        """'[^']*'|"[^"]*"|\\.|(?<number>(?<!d)d{1,2}(?!d)|(?<!M)M{1,2}(?!M)|(?<![yu])(yy|uu)(?![yu]))""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Parts();
}
