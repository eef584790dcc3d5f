using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Verdicts.Rules;

/// <summary>
/// Days of the agreement's time zone. Remembers the last one, as facts come in order of time. For one evaluation, not
/// for sharing.
/// </summary>
internal sealed class Days(DateTimeZone zone)
{
    private LocalDate _day;
    private long _from;
    private long _until;

    public DateTimeZone Zone => zone;

    public LocalDate Of(long ticks)
    {
        if (ticks < _from || ticks >= _until)
        {
            _day = zone.DayOf(Ticks.ToInstant(ticks));
            (_from, _until) = (StartOf(_day), StartOf(_day.PlusDays(1)));
        }

        return _day;
    }

    public long StartOf(LocalDate date) => Ticks.Of(zone.StartOf(date));
}
