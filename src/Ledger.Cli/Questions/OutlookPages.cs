using Ledger.Cli.Sentences;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;

namespace Ledger.Cli.Questions;

/// <summary>What lies ahead, and what others say.</summary>
public sealed class OutlookPages(Sheet sheet, Agreement agreement)
{
    private const int Indent = 2;

    private readonly NodaTime.DateTimeZone zone = agreement.TimeZone;

    private readonly ClaimText claimText = new(sheet, agreement);

    public void Write(NextAnswer next)
    {
        Title(next.At);
        if (next.Ahead is [])
            sheet.Line("No deadline or other change lies ahead.");
        foreach (var ahead in next.Ahead)
        {
            sheet.Line([
                new Ink(When(ahead), Styles.Title),
                $"  {Words.Of(ahead.Coming).Replace('-', ' ')}  ",
                new Ink(ahead.Provision, Styles.Title),
                $"  {In(ahead.Title)}{(ahead.Key is { } key ? $" ({key})" : "")}",
            ]);
            sheet.Line(
                ahead.Progress is { } progress
                    ? $"{ahead.Needs} ({progress.Quantity} {progress.Reached} of {progress.AtLeast})"
                    : ahead.Needs,
                Styles.Faint,
                Indent
            );
        }
    }

    public void Write(WhoSaysAnswer answer, string? only)
    {
        Title(answer.At);
        var provisions = answer
            .Provisions.Where(claims =>
                only is null ? claims.Statements is not [] || claims.Responses is not [] : claims.Provision == only
            )
            .ToList();
        if (provisions is [])
            sheet.Line("Nobody has said anything about it.");
        foreach (var claims in provisions)
        {
            if (claims != provisions[0])
                sheet.Blank();
            sheet.Line([new Ink($"{claims.Provision}  {In(claims.Title)}", Styles.Title)]);
            sheet.Line(["this ledger finds ", .. StandingText.Of(claims.House, sheet.Marks, zone)], Indent);
            foreach (var claim in claims.Statements)
                claimText.Write(claim, Indent);
            foreach (var response in claims.Responses)
                claimText.Write(response, Indent);
        }
    }

    private string When(Ahead ahead) =>
        ahead.Coming is Coming.Deadline or Coming.Overdue
            ? Times.Until(ahead.When.Utc, zone)
            : Times.From(ahead.When.Utc, zone);

    private void Title(Point at)
    {
        sheet.Line(agreement.Title.ToString(), Styles.Title);
        sheet.Line(Heading.Of(sheet.Marks, agreement, at.AsOf, at.Position, null, at.Lens), Styles.Faint);
        sheet.Blank();
    }

    private static string In(IReadOnlyDictionary<string, string> labels) =>
        labels.GetValueOrDefault("en") ?? labels.Values.First();
}
