using System.Globalization;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Server.Pages;

/// <summary>How a provision stood over time, as a band.</summary>
public sealed class TimelineStrip(Instant from, Instant until, Instant asOf)
{
    private const double Width = 1000;

    public Html Of(TimelineAnswer timeline) =>
        Html.Of(
            $"""
            <svg class="strip" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="The verdict over time">{Html.Join(
                timeline.Intervals.Where(interval => interval.Life != Life.NotYetInForce).Select(Band)
            )}{Now}</svg>
            """
        );

    private Html Now =>
        asOf < from || asOf > until
            ? Html.Nothing
            : Html.Of($"""<rect class="now" x="{Text(Place(asOf) - 1)}" y="0" width="3" height="10"/>""");

    private Html Band(TimelineInterval interval)
    {
        var (start, end) = (Place(interval.From ?? from), Place(interval.Until ?? until));
        return end <= start
            ? Html.Nothing
            : Html.Of(
                $"""<rect class="{PageText.ClassOf(interval.Verdict)}" x="{Text(start)}" y="0" width="{Text(end - start)}" height="10"><title>{PageText.ClassOf(interval.Verdict)}</title></rect>"""
            );
    }

    private double Place(Instant instant) => Math.Clamp((instant - from) / (until - from), 0, 1) * Width;

    private static string Text(double place) => place.ToString("0.##", CultureInfo.InvariantCulture);
}
