using Ledger.Cli.Terminals;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Cli.Questions;

/// <summary>
/// A provision's verdicts over time, one cell for each stretch of whole days. A cell shows the worst verdict of its
/// days, so that a breach of one day in two years is still seen; the last cell shows the answer as of now.
/// </summary>
public sealed class VerdictStrip
{
    private readonly DateTimeZone _zone;

    private readonly LocalDate _first;

    private readonly Instant _asOf;

    /// <param name="first">The day of the first cell.</param>
    /// <param name="asOf">What is shown ends here.</param>
    /// <param name="most">At most so many cells.</param>
    public VerdictStrip(LocalDate first, Instant asOf, DateTimeZone zone, int most)
    {
        (_first, _asOf, _zone) = (first, asOf, zone);
        var days = Period.DaysBetween(first, zone.DayOf(asOf)) + 1;
        DaysPerCell = Math.Max(1, (days + most - 1) / most);
        Cells = Math.Max(0, (days + DaysPerCell - 1) / DaysPerCell);
    }

    public int Cells { get; }

    public int DaysPerCell { get; }

    public string Span => $"{Times.Day(_first)} to {Times.Day(_zone.DayOf(_asOf))}";

    /// <summary>
    /// Cells of equal verdict run together, so that each can be coloured; null while the provision is not in force yet.
    /// </summary>
    public IEnumerable<(Verdict? Verdict, int Length)> Runs(IReadOnlyList<TimelineInterval> intervals)
    {
        var cells = Enumerable.Range(0, Cells).Select(cell => Worst(intervals, cell)).ToList();
        for (var start = 0; start < cells.Count; )
        {
            var end = start + 1;
            while (end < cells.Count && cells[end] == cells[start])
                end++;
            yield return (cells[start], end - start);
            start = end;
        }
    }

    public IEnumerable<StyledText> Inks(IReadOnlyList<TimelineInterval> intervals, Symbols symbols) =>
        Runs(intervals)
            .Select(run =>
                run.Verdict is { } verdict
                    ? new StyledText(new string(symbols.Cell(verdict), run.Length), Styles.Of(verdict))
                    : new StyledText(new string(symbols.OutOfForce, run.Length), Styles.Faint)
            );

    private Verdict? Worst(IReadOnlyList<TimelineInterval> intervals, int cell)
    {
        var from = cell == Cells - 1 ? _asOf : _zone.StartOf(_first.PlusDays(cell * DaysPerCell));
        var until = Instant.Min(_zone.StartOf(_first.PlusDays((cell + 1) * DaysPerCell)), _asOf + Instants.Microsecond);
        return intervals
            .Where(interval =>
                interval.Life != Life.NotYetInForce
                && (interval.From is null || interval.From < until)
                && (interval.Until is null || interval.Until > from)
            )
            .Max(interval => (Verdict?)interval.Verdict);
    }
}
