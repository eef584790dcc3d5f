using Ledger.Cli.Sentences;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;

namespace Ledger.Cli.Questions;

/// <summary>What somebody says about a provision, or a party about a report.</summary>
public sealed class ClaimText(TextOutput output, Agreement agreement)
{
    private readonly NodaTime.DateTimeZone _zone = agreement.TimeZone;

    public void Write(Claim claim, int indent)
    {
        var agrees = claim.Agrees switch
        {
            true => " (agrees with the ledger)",
            false => " (differs from the ledger)",
            null => "",
        };
        output.Line(
            [
                new StyledText(Words.Of(claim.Stance).Replace('-', ' '), Styles.Title),
                $", says {claim.By}{(claim.Party is { } party ? $" (for {ReportText.Party(party, agreement)})" : "")}",
                new StyledText(agrees, claim.Agrees == false ? Styles.Doubt : Styles.Faint),
                Said(claim.Summary),
            ],
            indent
        );
        output.Line(
            $"said {Times.From(claim.SaidAt, _zone)}"
                + $"{(claim.Since is { } since ? $" {output.Symbols.Dot} since {Times.From(since, _zone)}" : "")}"
                + $"{(claim.Earlier > 0 ? $" {output.Symbols.Dot} {Plural.Of(claim.Earlier, "earlier statement")}" : "")} "
                + $"{output.Symbols.Dot} entry {claim.Entry}",
            Styles.Faint,
            indent * 2
        );
    }

    public void Write(Response response, int indent) =>
        output.Line(
            $"{ReportText.Party(response.Party, agreement)} {Words.Of(response.Stance)} report "
                + $"{response.Report}, said {Times.From(response.SaidAt, _zone)}{Said(response.Words)}",
            indent: indent
        );

    private static string Said(string? words) => words is null ? "" : $": \"{words}\"";
}
