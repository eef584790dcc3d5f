using Ledger.Cli.Sentences;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;
using Spectre.Console;

namespace Ledger.Cli.Questions;

/// <summary>All provisions of an agreement at one point, for a terminal.</summary>
public static class StatusPage
{
    private const int SignColumn = 13;

    private const int Narrowest = 10;

    private const int WidestStrip = 48;

    /// <param name="timelines">By provision; a provision without one has no strip.</param>
    public static void Write(
        TextOutput output,
        Agreement agreement,
        StatusAnswer status,
        IReadOnlyDictionary<string, TimelineAnswer> timelines
    )
    {
        var zone = agreement.TimeZone;
        output.Line(agreement.Title.ToString(), Styles.Title);
        output.Line(
            Heading.Of(output.Symbols, agreement, status.AsOf, status.Position, status.Reading, status.Lens),
            Styles.Faint
        );
        output.Blank();

        var ids = status.Verdicts.Select(v => v.Provision.Length).DefaultIfEmpty(0).Max();
        var strip = new VerdictStrip(
            agreement.Signed,
            status.AsOf,
            zone,
            Math.Clamp((output.Width - SignColumn) * 2 / 5, Narrowest, WidestStrip)
        );
        foreach (var answer in status.Verdicts)
        {
            var first = new Grid()
                .AddColumn(new GridColumn().NoWrap().Width(ids).PadRight(2))
                .AddColumn(new GridColumn().PadRight(0))
                .AddRow(new Text(answer.Provision, Styles.Title), new Text(ProvisionTitle.Of(answer)));
            output.Write(Row(Sign(answer.Life, answer.Verdict, output.Symbols), first));
            var second = new Grid()
                .AddColumn(new GridColumn().NoWrap().Width(strip.Cells).PadRight(2))
                .AddColumn(new GridColumn().PadRight(0));
            var facts = string.Join(
                $" {output.Symbols.Dot} ",
                Reasons.Facts(answer, agreement.Provision(answer.Provision), zone)
            );
            second.AddRow(
                Cells(strip, timelines.GetValueOrDefault(answer.Provision), output.Symbols),
                new Text(facts, Styles.Faint)
            );
            output.Write(Row(Text.Empty, strip.Cells == 0 ? new Text(facts, Styles.Faint) : second));
        }

        if (strip.Cells == 0)
            return;
        output.Blank();
        var used = status
            .Verdicts.SelectMany(answer =>
                timelines.GetValueOrDefault(answer.Provision) is { } timeline ? strip.Runs(timeline.Intervals) : []
            )
            .Select(run => run.Verdict)
            .OfType<Verdict>()
            .Distinct()
            .Order();
        output.Line(
            $"{string.Join("  ", used.Select(verdict => $"{output.Symbols.Cell(verdict)} {Words.Of(verdict)}"))} "
                + $"  {strip.Span}, {CellMeaning(strip.DaysPerCell)}",
            Styles.Faint
        );
    }

    private static string CellMeaning(int days) =>
        days == 1
            ? "one cell per day"
            : $"{days} days per cell, each showing the worst of its days; the last cell is now";

    public static Text Sign(Life life, Verdict verdict, Symbols symbols)
    {
        var ink = VerdictWord.Of(life, verdict, symbols);
        return new Text(ink.Text, ink.Style);
    }

    private static Grid Row(Spectre.Console.Rendering.IRenderable sign, Spectre.Console.Rendering.IRenderable rest) =>
        new Grid()
            .AddColumn(new GridColumn().NoWrap().Width(SignColumn - 2).PadRight(2))
            .AddColumn(new GridColumn().PadRight(0))
            .AddRow(sign, rest);

    private static Paragraph Cells(VerdictStrip strip, TimelineAnswer? timeline, Symbols symbols)
    {
        var cells = new Paragraph();
        foreach (var ink in timeline is null ? [] : strip.Inks(timeline.Intervals, symbols))
            cells.Append(ink.Text, ink.Style);
        return cells;
    }
}
