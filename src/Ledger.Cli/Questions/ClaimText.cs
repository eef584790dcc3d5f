using Ledger.Cli.Sentences;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;

namespace Ledger.Cli.Questions;

/// <summary>What somebody says about a provision, or a party about a report.</summary>
public sealed class ClaimText(Sheet sheet, Agreement agreement)
{
    private readonly NodaTime.DateTimeZone zone = agreement.TimeZone;

    public void Write(Claim claim, int indent)
    {
        var agrees = claim.Agrees switch
        {
            true => " (agrees with the ledger)",
            false => " (differs from the ledger)",
            null => "",
        };
        sheet.Line(
            [
                new Ink(Words.Of(claim.Stance).Replace('-', ' '), Styles.Title),
                $", says {claim.By}{(claim.Party is { } party ? $" (for {ReportText.Party(party, agreement)})" : "")}",
                new Ink(agrees, claim.Agrees == false ? Styles.Doubt : Styles.Faint),
                Said(claim.Summary),
            ],
            indent
        );
        sheet.Line(
            $"said {Times.From(claim.SaidAt, zone)}"
                + $"{(claim.Since is { } since ? $" {sheet.Marks.Dot} since {Times.From(since, zone)}" : "")}"
                + $"{(claim.Earlier > 0 ? $" {sheet.Marks.Dot} {Counted.Of(claim.Earlier, "earlier statement")}" : "")} "
                + $"{sheet.Marks.Dot} entry {claim.Entry}",
            Styles.Faint,
            indent * 2
        );
    }

    public void Write(Response response, int indent) =>
        sheet.Line(
            $"{ReportText.Party(response.Party, agreement)} {Words.Of(response.Stance)} report "
                + $"{response.Report}, said {Times.From(response.SaidAt, zone)}{Said(response.Words)}",
            indent: indent
        );

    private static string Said(string? words) => words is null ? "" : $": \"{words}\"";
}
