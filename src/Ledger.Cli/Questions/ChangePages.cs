using Ledger.Cli.Sentences;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;

namespace Ledger.Cli.Questions;

/// <summary>
/// How one verdict came to be another: as the ledger grew, between two points, or if reports were withdrawn.
/// </summary>
public sealed class ChangePages(TextOutput output, Agreement agreement)
{
    private const int Indent = 2;

    private readonly CitationText _citations = new(output, agreement);

    public void Write(HistoryAnswer history)
    {
        Title(history.Provision);
        output.Line(
            $"What this ledger answered about {Times.AsOf(history.AsOf, agreement.TimeZone)} as it grew to "
                + $"position {history.Position} {output.Symbols.Dot} times of {agreement.TimeZone.Id}",
            Styles.Faint
        );
        foreach (var step in history.Steps)
        {
            output.Blank();
            output.Line([new StyledText($"from {step.Position}  ", Styles.Title), .. Standing(step.Standing)]);
            _citations.Write(step.Entry, "by", Indent);
        }
    }

    public void Write(WhyChangedAnswer changed)
    {
        Title(changed.Provision);
        DiffPage.Points(output, agreement, changed.From, changed.To);
        output.Blank();
        output.Line(changed.Conclusion);
        output.Blank();
        var (was, becomes) = StandingText.Both(changed.Before, changed.After, output.Symbols, agreement.TimeZone);
        output.Line(was, Indent);
        output.Line(becomes, Indent);
        Flips("What caused the change, each shown by leaving it out", changed.FlippedBy);
    }

    public void Write(FlipsAnswer flips)
    {
        Title(flips.Provision);
        output.Line(
            Heading.Of(
                output.Symbols,
                agreement,
                flips.At.AsOf,
                flips.At.Position,
                flips.Standing.Reading,
                flips.At.Lens
            ),
            Styles.Faint
        );
        output.Blank();
        output.Line(["stands ", .. Standing(flips.Standing)]);
        if (flips.Sets is [])
            output.Line(
                flips.Complete
                    ? "The verdict does not depend on any one or two reports: without them it stays the same."
                    : "No report was found on which it depends."
            );
        Flips("What would change it if it were withdrawn", flips.Sets);
        if (!flips.Complete)
            output.Line(
                "There are too many reports to try every one and every pair. Only those that decide were tried.",
                Styles.Faint
            );
    }

    private void Flips(string heading, IReadOnlyList<Flip> flips)
    {
        if (flips is [])
            return;
        output.Blank();
        output.Line(heading, Styles.Title);
        foreach (var flip in flips)
        {
            output.Line(["it would be ", .. Standing(flip.Without)], Indent);
            foreach (var entry in flip.Entries)
                _citations.Write(entry, "without", Indent * 2);
        }
    }

    private IEnumerable<StyledText> Standing(Standing? standing) =>
        StandingText.Of(standing, output.Symbols, agreement.TimeZone);

    private void Title(string id)
    {
        var provision = agreement.Provision(id);
        output.Line([
            new StyledText(
                $"{id}  {(provision?.Article is { } article ? $"Art. {article}  " : "")}{provision?.Title}",
                Styles.Title
            ),
        ]);
    }
}
