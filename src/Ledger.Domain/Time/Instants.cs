using NodaTime;
using NodaTime.Text;

namespace Ledger.Domain.Time;

/// <summary>Instants are UTC with microseconds, because that is what PostgreSQL keeps and what is hashed.</summary>
public static class Instants
{
    private const int TicksPerMicrosecond = 10;

    public static Duration Microsecond { get; } = Duration.FromTicks(TicksPerMicrosecond);

    public static Instant ToMicroseconds(this Instant instant)
    {
        var ticks = instant.ToUnixTimeTicks();
        var extra = ((ticks % TicksPerMicrosecond) + TicksPerMicrosecond) % TicksPerMicrosecond;
        return Instant.FromUnixTimeTicks(ticks - extra);
    }

    public static Instant StartOf(this DateTimeZone zone, LocalDate day) => zone.AtStartOfDay(day).ToInstant();

    public static LocalDate DayOf(this DateTimeZone zone, Instant instant) => instant.InZone(zone).Date;

    /// <summary>
    /// The first instant we take: nobody reports on an agreement before the Gregorian calendar settled.
    /// </summary>
    public static Instant Earliest { get; } = Instant.FromUtc(1800, 1, 1, 0, 0);

    public static Instant Latest { get; } = Instant.FromUtc(2200, 1, 1, 0, 0);

    /// <summary>
    /// Reads <c>2018-10-10T09:00:00Z</c> or the same with an offset; fractions beyond microseconds are cut off.
    /// </summary>
    public static bool TryParse(string text, out Instant instant)
    {
        var utc = InstantPattern.ExtendedIso.Parse(text);
        var offset = utc.Success ? null : OffsetDateTimePattern.ExtendedIso.Parse(text);
        instant =
            utc.Success ? utc.Value
            : offset!.Success ? offset.Value.ToInstant()
            : default;
        if (!(utc.Success || offset!.Success) || instant < Earliest || instant >= Latest)
            return false;

        instant = instant.ToMicroseconds();
        return true;
    }

    public static string ToText(this Instant instant) => InstantPattern.ExtendedIso.Format(instant);
}
