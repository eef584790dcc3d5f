using Ledger.Cli.Sentences;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using NodaTime;
using Spectre.Console;

namespace Ledger.Cli.Questions;

/// <summary>How one provision stood over time: a strip, then each stretch with what began it.</summary>
public static class TimelinePage
{
    private const int SignColumn = 11;

    /// <param name="asOf">What is shown ends here.</param>
    /// <param name="headlines">What each deciding entry says, by its id.</param>
    public static void Write(
        TextOutput output,
        Agreement agreement,
        TimelineAnswer timeline,
        Instant asOf,
        IReadOnlyDictionary<Guid, string> headlines
    )
    {
        var (zone, provision) = (agreement.TimeZone, agreement.Provision(timeline.Provision));
        output.Line([
            new StyledText(timeline.Provision, Styles.Title),
            new StyledText(
                $"  {(provision?.Article is { } article ? $"Art. {article}  " : "")}{provision?.Title}",
                Styles.Title
            ),
        ]);
        output.Line(
            Heading.Of(output.Symbols, agreement, asOf, timeline.Position, timeline.Lens.Reading, timeline.Lens),
            Styles.Faint
        );
        output.Blank();

        var ends = (From: Times.Day(agreement.Signed), Until: Times.Day(zone.DayOf(asOf)));
        var strip = new VerdictStrip(
            agreement.Signed,
            asOf,
            zone,
            Math.Max(10, output.Width - ends.From.Length - ends.Until.Length - 2)
        );
        if (strip.Cells > 0)
        {
            output.Line([
                new StyledText($"{ends.From} ", Styles.Faint),
                .. strip.Inks(timeline.Intervals, output.Symbols),
                new StyledText($" {ends.Until}", Styles.Faint),
            ]);
            output.Blank();
        }

        var told = new HashSet<Guid>();
        foreach (
            var interval in timeline.Intervals.Where(interval =>
                interval.From is { } from ? from <= asOf : interval.Life != Life.NotYetInForce
            )
        )
            Write(output, interval, zone, asOf, headlines, told);
    }

    private static void Write(
        TextOutput output,
        TimelineInterval interval,
        DateTimeZone zone,
        Instant asOf,
        IReadOnlyDictionary<Guid, string> headlines,
        HashSet<Guid> told
    )
    {
        output.Write(
            Row(
                StatusPage.Sign(interval.Life, interval.Verdict, output.Symbols),
                new Text(
                    $"{Stretch(interval, zone, asOf)}: "
                        + $"{Reasons.Word(interval.Reason)}"
                        + $"{(interval.Life is Life.InForce or Life.NotYetInForce ? "" : $", {Words.Of(interval.Life)}")}"
                )
            )
        );
        foreach (var deciding in interval.DecidedBy.Where(deciding => told.Add(deciding.Entry)))
        {
            var position = deciding.Position is { } at ? $"{at}" : "supposed";
            output.Write(
                Row(
                    Text.Empty,
                    new Text(
                        $"{Words.Of(deciding.Role)} at {position}: "
                            + $"{headlines.GetValueOrDefault(deciding.Entry) ?? deciding.Entry.ToString()}",
                        Styles.Faint
                    )
                )
            );
        }
    }

    private static string Stretch(TimelineInterval interval, DateTimeZone zone, Instant asOf)
    {
        var from = interval.From is { } start ? $"from {Times.From(start, zone)}" : "from the beginning";
        var until =
            interval.Until is { } end && end <= asOf
                ? $" to {Times.Until(end, zone)}{Days(interval.From, end)}"
                : " on";
        return $"{from}{until}";
    }

    private static string Days(Instant? from, Instant until) =>
        from is { } start && (until - start) is { Days: >= 1 } length ? $" ({Plural.Of(length.Days, "day")})" : "";

    private static Grid Row(Spectre.Console.Rendering.IRenderable sign, Spectre.Console.Rendering.IRenderable rest) =>
        new Grid()
            .AddColumn(new GridColumn().NoWrap().Width(SignColumn).PadRight(2))
            .AddColumn(new GridColumn().PadRight(0))
            .AddRow(sign, rest);
}
