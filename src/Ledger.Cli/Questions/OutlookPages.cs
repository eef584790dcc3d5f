using Ledger.Cli.Sentences;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;

namespace Ledger.Cli.Questions;

/// <summary>What lies ahead, and what others say.</summary>
public sealed class OutlookPages(TextOutput output, Agreement agreement)
{
    private const int Indent = 2;

    private readonly NodaTime.DateTimeZone _zone = agreement.TimeZone;

    private readonly ClaimText _claimText = new(output, agreement);

    public void Write(NextAnswer next)
    {
        Title(next.At);
        if (next.Ahead is [])
            output.Line("No deadline or other change lies ahead.");
        foreach (var ahead in next.Ahead)
        {
            output.Line([
                new StyledText(When(ahead), Styles.Title),
                $"  {Words.Of(ahead.Coming).Replace('-', ' ')}  ",
                new StyledText(ahead.Provision, Styles.Title),
                $"  {In(ahead.Title)}{(ahead.Key is { } key ? $" ({key})" : "")}",
            ]);
            output.Line(
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
            output.Line("Nobody has said anything about it.");
        foreach (var claims in provisions)
        {
            if (claims != provisions[0])
                output.Blank();
            output.Line([new StyledText($"{claims.Provision}  {In(claims.Title)}", Styles.Title)]);
            output.Line(["this ledger finds ", .. StandingText.Of(claims.House, output.Symbols, _zone)], Indent);
            foreach (var claim in claims.Statements)
                _claimText.Write(claim, Indent);
            foreach (var response in claims.Responses)
                _claimText.Write(response, Indent);
        }
    }

    private string When(Ahead ahead) =>
        ahead.Coming is Coming.Deadline or Coming.Overdue
            ? Times.Until(ahead.When.Utc, _zone)
            : Times.From(ahead.When.Utc, _zone);

    private void Title(Point at)
    {
        output.Line(agreement.Title.ToString(), Styles.Title);
        output.Line(Heading.Of(output.Symbols, agreement, at.AsOf, at.Position, null, at.Lens), Styles.Faint);
        output.Blank();
    }

    private static string In(IReadOnlyDictionary<string, string> labels) =>
        labels.GetValueOrDefault("en") ?? labels.Values.First();
}
