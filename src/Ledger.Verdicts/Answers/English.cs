using System.Globalization;
using Ledger.Domain.Time;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Verdicts.Answers;

/// <summary>Times and lengths as an English sentence wants them.</summary>
internal static class English
{
    private static readonly LocalDatePattern DayPattern = LocalDatePattern.CreateWithInvariantCulture("d MMMM uuuu");
    private static readonly ZonedDateTimePattern LocalPattern = ZonedDateTimePattern.CreateWithInvariantCulture(
        "uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFo<+HH:mm>",
        null
    );

    public static string Day(LocalDate day) => DayPattern.Format(day);

    public static Moment MomentOf(long ticks, DateTimeZone zone) =>
        new(Ticks.ToInstant(ticks), Local(Ticks.ToInstant(ticks), zone));

    public static string Local(Instant instant, DateTimeZone zone) => LocalPattern.Format(instant.InZone(zone));

    /// <summary>
    /// "16 October 2018" for a midnight, "the end of 16 October 2018" for the last microsecond, "14:30 on 16 October
    /// 2018" for another time.
    /// </summary>
    public static string Since(Instant instant, DateTimeZone zone)
    {
        var local = instant.InZone(zone).LocalDateTime;
        if ((instant + Instants.Microsecond).InZone(zone).TimeOfDay == LocalTime.Midnight)
            return $"the end of {Day(local.Date)}";
        return local.TimeOfDay == LocalTime.Midnight
            ? Day(local.Date)
            : $"{Time(local.TimeOfDay)} on {Day(local.Date)}";
    }

    /// <summary>
    /// The last instant in time, before the first that is too late: "the end of 15 October 2018" or "09:00 on 3 October
    /// 2018".
    /// </summary>
    public static string LastInTime(Instant tooLate, DateTimeZone zone)
    {
        if (tooLate.InZone(zone).TimeOfDay == LocalTime.Midnight)
            return $"the end of {Day(zone.DayOf(tooLate - Instants.Microsecond))}";
        var last = (tooLate - Instants.Microsecond).InZone(zone).LocalDateTime;
        return $"{Time(last.TimeOfDay)} on {Day(last.Date)}";
    }

    /// <summary>A deadline as answers give it: the end of a day, or the last instant in time.</summary>
    public static string Deadline(Instant told, DateTimeZone zone) =>
        told.InZone(zone).TimeOfDay == LocalTime.Midnight ? LastInTime(told, zone) : Since(told, zone);

    /// <summary>The two largest units: "2 days", "1 day 4 hours", "35 minutes".</summary>
    public static string Length(long ticks)
    {
        var length = TimeSpan.FromTicks(ticks);
        (long Count, string Unit)[] units =
        [
            (length.Days, "day"),
            (length.Hours, "hour"),
            (length.Minutes, "minute"),
            (length.Seconds, "second"),
        ];
        var parts = units
            .SkipWhile(unit => unit.Count == 0)
            .Take(2)
            .Where(unit => unit.Count > 0)
            .Select(unit => Count(unit.Count, unit.Unit))
            .ToList();
        return parts.Count == 0 ? "less than a second" : string.Join(' ', parts);
    }

    public static string Metres(double metres) =>
        metres < 1_000
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(metres):0} m")
            : string.Create(CultureInfo.InvariantCulture, $"{metres / 1_000:0.#} km");

    public static string Count(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    /// <summary>A verdict or level as it is written everywhere else.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string Time(LocalTime time) =>
        time.ToString(
            time is { Second: 0, NanosecondOfSecond: 0 } ? "HH:mm" : "HH:mm:ss",
            CultureInfo.InvariantCulture
        );
}
