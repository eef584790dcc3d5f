using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Verdicts.Rules;

/// <summary>
/// Days of the agreement's time zone. Remembers the last one, as facts come in order of time. For one evaluation, not
/// for sharing.
/// </summary>
internal sealed class Days(DateTimeZone zone)
{
    private LocalDate day;
    private long from;
    private long until;

    public DateTimeZone Zone => zone;

    public LocalDate Of(long ticks)
    {
        if (ticks < from || ticks >= until)
        {
            day = zone.DayOf(Ticks.ToInstant(ticks));
            (from, until) = (StartOf(day), StartOf(day.PlusDays(1)));
        }

        return day;
    }

    public long StartOf(LocalDate date) => Ticks.Of(zone.StartOf(date));
}
