using Ledger.Cli.Sentences;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Cli.Questions;

/// <summary>
/// Why a verdict is what it is, in the order in which a council would ask: the finding, the words, our reading, the
/// time, the evidence, what nearly counted.
/// </summary>
public sealed class ExplanationPage(TextOutput output, Agreement agreement)
{
    private const int Indent = 2;

    private readonly DateTimeZone _zone = agreement.TimeZone;

    private readonly CitationText _citations = new(output, agreement);

    /// <param name="pinned">The address that gives this answer for ever.</param>
    /// <param name="limit">At most so many near misses are told.</param>
    public void Write(WhyAnswer why, FlipsAnswer? flips, Uri? pinned, int limit = 10)
    {
        var answer = why.Answer;
        output.Line([new StyledText($"{answer.Provision}  {ProvisionTitle.Of(answer)}", Styles.Title)]);
        output.Line(
            Heading.Of(output.Symbols, agreement, answer.AsOf, answer.Position, answer.Reading, answer.Lens),
            Styles.Faint
        );
        output.Blank();
        output.Line([VerdictWord.Of(answer.Life, answer.Verdict, output.Symbols), $". {why.Conclusion}"]);

        Section("The article", why.Clause.Words is { } words ? In(words) : null);
        Section($"Our reading ({why.Clause.Version})", why.Clause.Reading is { } reading ? In(reading) : null);
        Rule(why.Clause.Rule);
        Section(
            "Whose obligation",
            why.Clause.Duty is []
                ? null
                : string.Join(" and ", why.Clause.Duty.Select(party => ReportText.Party(party, agreement)))
        );
        Deadlines(why);
        Entries("What decided it", why.Entries);
        Entries("What separates the best reading from the worst", why.SeparatedBy);
        if (answer.Bounds.SeparatedByOmitted is { } between)
            output.Line($"and {between} more between the first and the last of them.", Styles.Faint, indent: Indent);
        Coverage(why);
        Said(why);
        NearMisses(why, limit);
        Flips(flips);
        if (pinned is null)
            return;
        Head("Permanent link");
        output.Whole(pinned.AbsoluteUri, Indent);
    }

    private void Section(string heading, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return;
        Head(heading);
        output.Line(text.Trim(), indent: Indent);
    }

    private void Rule(IReadOnlyList<string> sentences)
    {
        Head("The rule, from its data");
        foreach (var sentence in sentences)
            output.Line(sentence, indent: Indent);
    }

    private void Head(string heading)
    {
        output.Blank();
        output.Line(heading, Styles.Title);
    }

    private void Deadlines(WhyAnswer why)
    {
        if (why.Deadlines is [])
            return;
        Head("The time");
        foreach (var deadline in why.Deadlines)
        {
            output.Line($"{(deadline.Key is { } key ? $"{key}: " : "")}{deadline.Arithmetic}", indent: Indent);
            Clock("from", deadline.Starts);
            if (deadline.TooLate is { } tooLate)
                Clock("too late from", tooLate);
        }

        void Clock(string what, Moment moment) =>
            output.Line(
                $"{what.PadRight(13)} {moment.Utc.ToText()}  =  {moment.Local}",
                Styles.Faint,
                indent: Indent * 2
            );
    }

    private void Entries(string heading, IReadOnlyList<Cited> entries)
    {
        if (entries is [])
            return;
        Head(heading);
        foreach (var entry in entries)
            _citations.Write(entry, CitationText.RoleOf(entry), Indent);
    }

    private void Coverage(WhyAnswer why)
    {
        if (why.Coverage is [])
            return;
        Head("Who was monitoring");
        foreach (var watch in why.Coverage)
            output.Line(
                $"{watch.By}, {Times.From(watch.From, _zone)} to "
                    + $"{Times.Until(watch.Until, _zone)}"
                    + $"{(watch.Zones is [] ? "" : $", {string.Join(", ", watch.Zones)}")}"
                    + $"{(watch.Method is { } method ? $", {method}" : "")}",
                indent: Indent
            );
    }

    private void Said(WhyAnswer why)
    {
        if (why.Statements is [] && why.Responses is [])
            return;
        Head("Who says what (it does not affect the verdict)");
        var text = new ClaimText(output, agreement);
        foreach (var claim in why.Statements)
            text.Write(claim, Indent);
        foreach (var response in why.Responses)
            text.Write(response, Indent);
    }

    private void NearMisses(WhyAnswer why, int limit)
    {
        if (why.NearMisses is [])
            return;
        Head("Near misses, and the one condition that each fails");
        foreach (var miss in why.NearMisses.Take(limit))
            _citations.Write(miss.Entry, miss.Words, Indent);
        var left = why.NearMissesOmitted + Math.Max(0, why.NearMisses.Length - limit);
        if (left > 0)
            output.Line(
                $"and {left} more; --near-misses {why.NearMisses.Length} or --json shows them.",
                Styles.Faint,
                indent: Indent
            );
    }

    private void Flips(FlipsAnswer? flips)
    {
        if (flips is null or { Sets: [] })
            return;
        Head("What would change it if it were withdrawn");
        foreach (var flip in flips.Sets)
        {
            output.Line(["it would be ", .. StandingText.Of(flip.Without, output.Symbols, _zone)], Indent);
            foreach (var entry in flip.Entries)
                _citations.Write(entry, "without", Indent * 2);
        }
    }

    private static string In(IReadOnlyDictionary<string, string> labels) =>
        labels.GetValueOrDefault("en") ?? labels.Values.First();
}
