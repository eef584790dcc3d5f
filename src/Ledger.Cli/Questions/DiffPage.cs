using Ledger.Cli.Sentences;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;

namespace Ledger.Cli.Questions;

/// <summary>What differs between two points: verdicts first, then the reports that make the difference.</summary>
public sealed class DiffPage(TextOutput output, Agreement agreement)
{
    private const int Indent = 2;

    private readonly CitationText _citations = new(output, agreement);

    public void Write(DiffAnswer diff)
    {
        output.Line(agreement.Title.ToString(), Styles.Title);
        Points(output, agreement, diff.From, diff.To);
        Head(diff.Provisions is [] ? "No provision has changed." : "Provisions that have changed");
        foreach (var change in diff.Provisions)
        {
            output.Line(
                [
                    new StyledText($"{change.Provision}  ", Styles.Title),
                    change.Title.GetValueOrDefault("en") ?? change.Title.Values.FirstOrDefault() ?? "",
                ],
                Indent
            );
            var (was, becomes) = StandingText.Both(change.Before, change.After, output.Symbols, agreement.TimeZone);
            output.Line(was, Indent * 2);
            Because(change.ClauseBefore, change.WhyBefore);
            output.Line(becomes, Indent * 2);
            Because(change.ClauseAfter, change.WhyAfter);
        }

        if (diff is { Provisions: not [], Unchanged: not [] })
            output.Line($"Unchanged: {string.Join(", ", diff.Unchanged)}.", Styles.Faint, Indent);
        Reports("Reports that now count", "added", diff.Added);
        Reports("Reports with corrected content", "corrected", diff.Corrected);
        Reports("Reports whose level changed", "assessed", diff.Reassessed);
        Reports("Reports that no longer count", "removed", diff.Removed);
    }

    /// <summary>Both questions in full, one above the other, so that the eye finds what differs.</summary>
    public static void Points(TextOutput output, Agreement agreement, Point from, Point to)
    {
        output.Line(
            $"from {Heading.Of(output.Symbols, agreement, from.AsOf, from.Position, null, from.Lens)}",
            Styles.Faint
        );
        output.Line($"to   {Heading.Of(output.Symbols, agreement, to.AsOf, to.Position, null, to.Lens)}", Styles.Faint);
    }

    /// <summary>Under two readings it is the rule that makes the difference, so each side tells its own.</summary>
    private void Because(Clause? clause, string? why)
    {
        if (clause is null)
            return;
        if (Text(clause.Reading) is { } rule)
            output.Line($"read as: {rule}", Styles.Faint, Indent * 4);
        if (why is not null)
            output.Line($"therefore: {why}", Styles.Faint, Indent * 4);
    }

    private static string? Text(IReadOnlyDictionary<string, string>? byLanguage) =>
        byLanguage?.GetValueOrDefault("en") ?? byLanguage?.Values.FirstOrDefault();

    private void Reports(string heading, string lead, IReadOnlyList<Cited> reports)
    {
        if (reports is [])
            return;
        Head(heading);
        foreach (var report in reports)
            _citations.Write(report, lead, Indent);
    }

    private void Head(string heading)
    {
        output.Blank();
        output.Line(heading, Styles.Title);
    }
}
