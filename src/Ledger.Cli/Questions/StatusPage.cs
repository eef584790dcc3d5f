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
        Sheet sheet,
        Agreement agreement,
        StatusAnswer status,
        IReadOnlyDictionary<string, TimelineAnswer> timelines
    )
    {
        var zone = agreement.TimeZone;
        sheet.Line(agreement.Title.ToString(), Styles.Title);
        sheet.Line(
            Heading.Of(sheet.Marks, agreement, status.AsOf, status.Position, status.Reading, status.Lens),
            Styles.Faint
        );
        sheet.Blank();

        var ids = status.Verdicts.Select(v => v.Provision.Length).DefaultIfEmpty(0).Max();
        var strip = new Strip(
            agreement.Signed,
            status.AsOf,
            zone,
            Math.Clamp((sheet.Width - SignColumn) * 2 / 5, Narrowest, WidestStrip)
        );
        foreach (var answer in status.Verdicts)
        {
            var first = new Grid()
                .AddColumn(new GridColumn().NoWrap().Width(ids).PadRight(2))
                .AddColumn(new GridColumn().PadRight(0))
                .AddRow(new Text(answer.Provision, Styles.Title), new Text(ProvisionTitle.Of(answer)));
            sheet.Write(Row(Sign(answer.Life, answer.Verdict, sheet.Marks), first));
            var second = new Grid()
                .AddColumn(new GridColumn().NoWrap().Width(strip.Cells).PadRight(2))
                .AddColumn(new GridColumn().PadRight(0));
            var facts = string.Join(
                $" {sheet.Marks.Dot} ",
                Reasons.Facts(answer, agreement.Provision(answer.Provision), zone)
            );
            second.AddRow(
                Cells(strip, timelines.GetValueOrDefault(answer.Provision), sheet.Marks),
                new Text(facts, Styles.Faint)
            );
            sheet.Write(Row(Text.Empty, strip.Cells == 0 ? new Text(facts, Styles.Faint) : second));
        }

        if (strip.Cells == 0)
            return;
        sheet.Blank();
        var used = status
            .Verdicts.SelectMany(answer =>
                timelines.GetValueOrDefault(answer.Provision) is { } timeline ? strip.Runs(timeline.Intervals) : []
            )
            .Select(run => run.Verdict)
            .OfType<Verdict>()
            .Distinct()
            .Order();
        sheet.Line(
            $"{string.Join("  ", used.Select(verdict => $"{sheet.Marks.Cell(verdict)} {Words.Of(verdict)}"))} "
                + $"  {strip.Span}, {CellMeaning(strip.DaysPerCell)}",
            Styles.Faint
        );
    }

    private static string CellMeaning(int days) =>
        days == 1
            ? "one cell per day"
            : $"{days} days per cell, each showing the worst of its days; the last cell is now";

    public static Text Sign(Life life, Verdict verdict, Marks marks)
    {
        var ink = VerdictWord.Of(life, verdict, marks);
        return new Text(ink.Text, ink.Style);
    }

    private static Grid Row(Spectre.Console.Rendering.IRenderable sign, Spectre.Console.Rendering.IRenderable rest) =>
        new Grid()
            .AddColumn(new GridColumn().NoWrap().Width(SignColumn - 2).PadRight(2))
            .AddColumn(new GridColumn().PadRight(0))
            .AddRow(sign, rest);

    private static Paragraph Cells(Strip strip, TimelineAnswer? timeline, Marks marks)
    {
        var cells = new Paragraph();
        foreach (var ink in timeline is null ? [] : strip.Inks(timeline.Intervals, marks))
            cells.Append(ink.Text, ink.Style);
        return cells;
    }
}
