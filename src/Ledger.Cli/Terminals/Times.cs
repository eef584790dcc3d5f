using System.Globalization;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Cli.Terminals;

/// <summary>Times as people say them, in an agreement's zone, which whoever uses this names beside them.</summary>
public static class Times
{
    /// <summary><c>10 Oct 2018</c></summary>
    public static string Day(LocalDate day) => day.ToString("d MMM uuuu", CultureInfo.InvariantCulture);

    /// <summary>
    /// A day when it is midnight, its end when it is the last microsecond, else with the time: <c>10 Oct 2018</c>,
    /// <c>the end of 10 Oct 2018</c>, <c>10 Oct 2018 09:30</c>.
    /// </summary>
    public static string From(Instant instant, DateTimeZone zone)
    {
        var local = instant.InZone(zone).LocalDateTime;
        return local.TimeOfDay == LocalTime.Midnight ? Day(local.Date) : AsOf(instant, zone);
    }

    public static string At(Instant instant, DateTimeZone zone)
    {
        var local = instant.InZone(zone).LocalDateTime;
        return $"{Day(local.Date)} {local.TimeOfDay.ToString(local.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture)}";
    }

    /// <summary>
    /// For what is still in time: the end of a day, named by that day, or the exact instant. <paramref name="tooLate"/>
    /// is the first instant after it.
    /// </summary>
    public static string Until(Instant tooLate, DateTimeZone zone)
    {
        var local = tooLate.InZone(zone).LocalDateTime;
        if ((tooLate + Instants.Microsecond).InZone(zone).TimeOfDay == LocalTime.Midnight)
            return Day(local.Date);
        return local.TimeOfDay == LocalTime.Midnight ? Day(local.Date.PlusDays(-1)) : At(tooLate, zone);
    }

    /// <summary>The last microsecond of a day is the end of that day; anything else is what it is.</summary>
    public static string AsOf(Instant asOf, DateTimeZone zone) =>
        (asOf + Instants.Microsecond).InZone(zone).TimeOfDay == LocalTime.Midnight
            ? $"the end of {Day(zone.DayOf(asOf))}"
            : At(asOf, zone);

    /// <summary>What a half-open occurrence covers: a day, days, an instant, or from one time to another.</summary>
    public static string Occurred(Occurrence occurred, DateTimeZone zone)
    {
        var (first, last) = (zone.DayOf(occurred.From), zone.DayOf(occurred.Until - Instants.Microsecond));
        return occurred.Precision switch
        {
            Precision.Instant => At(occurred.From, zone),
            Precision.Month => first.ToString("MMM uuuu", CultureInfo.InvariantCulture),
            Precision.Year => first.ToString("uuuu", CultureInfo.InvariantCulture),
            _ when zone.StartOf(first) != occurred.From || zone.StartOf(last.PlusDays(1)) != occurred.Until =>
                $"{At(occurred.From, zone)} to {At(occurred.Until, zone)}",
            _ when first == last => Day(first),
            _ => $"{Day(first)} to {Day(last)}",
        };
    }
}
