using Ledger.Cli.Sentences;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;

namespace Ledger.Cli.Questions;

/// <summary>
/// How one verdict came to be another: as the ledger grew, between two points, or if reports were withdrawn.
/// </summary>
public sealed class ChangePages(Sheet sheet, Agreement agreement)
{
    private const int Indent = 2;

    private readonly Citations citations = new(sheet, agreement);

    public void Write(HistoryAnswer history)
    {
        Title(history.Provision);
        sheet.Line(
            $"What this ledger answered about {Times.AsOf(history.AsOf, agreement.TimeZone)} as it grew to "
                + $"position {history.Position} {sheet.Marks.Dot} times of {agreement.TimeZone.Id}",
            Styles.Faint
        );
        foreach (var step in history.Steps)
        {
            sheet.Blank();
            sheet.Line([new Ink($"from {step.Position}  ", Styles.Title), .. Standing(step.Standing)]);
            citations.Write(step.Entry, "by", Indent);
        }
    }

    public void Write(WhyChangedAnswer changed)
    {
        Title(changed.Provision);
        DiffPage.Points(sheet, agreement, changed.From, changed.To);
        sheet.Blank();
        sheet.Line(changed.Conclusion);
        sheet.Blank();
        var (was, becomes) = StandingText.Both(changed.Before, changed.After, sheet.Marks, agreement.TimeZone);
        sheet.Line(was, Indent);
        sheet.Line(becomes, Indent);
        Flips("What caused the change, each shown by leaving it out", changed.FlippedBy);
    }

    public void Write(FlipsAnswer flips)
    {
        Title(flips.Provision);
        sheet.Line(
            Heading.Of(sheet.Marks, agreement, flips.At.AsOf, flips.At.Position, flips.Standing.Reading, flips.At.Lens),
            Styles.Faint
        );
        sheet.Blank();
        sheet.Line(["stands ", .. Standing(flips.Standing)]);
        if (flips.Sets is [])
            sheet.Line(
                flips.Complete
                    ? "The verdict does not depend on any one or two reports: without them it stays the same."
                    : "No report was found on which it depends."
            );
        Flips("What would change it if it were withdrawn", flips.Sets);
        if (!flips.Complete)
            sheet.Line(
                "There are too many reports to try every one and every pair. Only those that decide were tried.",
                Styles.Faint
            );
    }

    private void Flips(string heading, IReadOnlyList<Flip> flips)
    {
        if (flips is [])
            return;
        sheet.Blank();
        sheet.Line(heading, Styles.Title);
        foreach (var flip in flips)
        {
            sheet.Line(["it would be ", .. Standing(flip.Without)], Indent);
            foreach (var entry in flip.Entries)
                citations.Write(entry, "without", Indent * 2);
        }
    }

    private IEnumerable<Ink> Standing(Standing? standing) => StandingText.Of(standing, sheet.Marks, agreement.TimeZone);

    private void Title(string id)
    {
        var provision = agreement.Provision(id);
        sheet.Line([
            new Ink(
                $"{id}  {(provision?.Article is { } article ? $"Art. {article}  " : "")}{provision?.Title}",
                Styles.Title
            ),
        ]);
    }
}
