using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using NodaTime;

namespace Ledger.Domain.Time;

/// <summary>
/// A length of time in an agreement's text. Counted in days (also weeks, months, years) it runs through the end of a
/// calendar day; counted in hours it is exact.
/// </summary>
public abstract record Span
{
    private Span() { }

    /// <summary>Calendar time: ends with the day that lies this long after the day of the start.</summary>
    public sealed record Calendar(int Years, int Months, int Days) : Span
    {
        public LocalDate After(LocalDate day) => day.PlusYears(Years).PlusMonths(Months).PlusDays(Days);
    }

    /// <summary>Elapsed time, exact and inclusive.</summary>
    public sealed record Elapsed(Duration Length) : Span;

    /// <summary>
    /// The first instant that is too late for something due this long after <paramref name="start"/>. For calendar time
    /// that is the end of the day (or its start, when the file says that days end at their start); for elapsed time the
    /// microsecond after.
    /// </summary>
    public Instant DeadlineAfter(Instant start, DateTimeZone zone, DayEnds dayEnds = DayEnds.End) =>
        this switch
        {
            Calendar calendar => dayEnds.DeadlineOf(calendar.After(zone.DayOf(start)), zone),
            Elapsed elapsed => start + elapsed.Length + Instants.Microsecond,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>
    /// Reads <c>5 days</c>, <c>2 weeks</c>, <c>3 months</c>, <c>1 year</c>, <c>48 hours</c>, <c>90 minutes</c>.
    /// </summary>
    public static Span? Read(InputNode input)
    {
        if (input.Node is JsonValue value && value.GetValueKind() == JsonValueKind.Number)
        {
            input.Wrong("time/not-a-span", $"{value} lacks its unit: write '{value} days' or '{value} hours'.");
            return null;
        }

        if (input.Text(40) is not { } text)
            return null;
        var words = text.Split(' ');
        if (
            words is not [var number, var unit]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            || n > 100_000
            || !Units.TryGetValue(unit.TrimEnd('s'), out var make)
        )
        {
            input.Wrong(
                "time/not-a-span",
                $"'{text}' is not a length of time: write it as '5 days', '2 weeks', '3 months' or '48 hours'."
            );
            return null;
        }

        return make(n);
    }

    private static readonly FrozenDictionary<string, Func<int, Span>> Units = new Dictionary<string, Func<int, Span>>
    {
        ["minute"] = n => new Elapsed(Duration.FromMinutes(n)),
        ["hour"] = n => new Elapsed(Duration.FromHours(n)),
        ["day"] = n => new Calendar(0, 0, n),
        ["week"] = n => new Calendar(0, 0, 7 * n),
        ["month"] = n => new Calendar(0, n, 0),
        ["year"] = n => new Calendar(n, 0, 0),
    }.ToFrozenDictionary();

    /// <summary>Reads a span that must be counted in days: what recurs, recurs on calendar days.</summary>
    public static Calendar? ReadCalendar(InputNode input)
    {
        var span = Read(input);
        if (span is Elapsed)
            input.Wrong("time/not-calendar", "This length of time must be counted in days, weeks, months or years.");
        return span as Calendar;
    }

    public sealed override string ToString() =>
        this switch
        {
            Calendar { Years: > 0, Months: 0, Days: 0 } c => Count(c.Years, "year"),
            Calendar { Years: 0, Months: > 0, Days: 0 } c => Count(c.Months, "month"),
            Calendar c => Count(c.Days, "day"),
            Elapsed e when e.Length.TotalMinutes % 60 == 0 => Count((int)e.Length.TotalHours, "hour"),
            Elapsed e => Count((int)e.Length.TotalMinutes, "minute"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string Count(int n, string unit) => n == 1 ? $"1 {unit}" : $"{n} {unit}s";
}

/// <summary>Which midnight ends a day named as a deadline. Sources disagree, so an agreement file may say.</summary>
public enum DayEnds
{
    /// <summary>The day counts: a deadline lasts until the following midnight.</summary>
    End,

    /// <summary>The deadline is the midnight with which the named day begins.</summary>
    Start,
}

public static class DeadlineDays
{
    /// <summary>The first instant that is too late for something due by <paramref name="day"/>.</summary>
    public static Instant DeadlineOf(this DayEnds ends, LocalDate day, DateTimeZone zone) =>
        ends switch
        {
            DayEnds.End => zone.StartOf(day.PlusDays(1)),
            DayEnds.Start => zone.StartOf(day),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
