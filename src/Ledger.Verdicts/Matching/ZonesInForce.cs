using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Domain.Time;
using Ledger.Verdicts.Facts;
using NodaTime;

namespace Ledger.Verdicts.Matching;

/// <summary>
/// The geometries of zones known at a position: those of the file and those delimited since, each from the start of a
/// day.
/// </summary>
internal sealed class ZonesInForce
{
    private readonly ILookup<string, Delimitation> _byZone;

    /// <param name="Shape">The geometry.</param>
    /// <param name="From">Ticks from which it is in force.</param>
    /// <param name="Entry">What delimited it; null is the file.</param>
    public sealed record Delimitation(string Zone, ZoneShape Shape, long From, Entry? Entry);

    public ZonesInForce(Agreement reading, IEnumerable<Entry> delimitations)
    {
        var drawn = reading
            .Zones.Where(zone => zone.Shape is not null)
            .Select(zone => new Delimitation(
                zone.Id,
                zone.Shape!,
                zone.From is { } day ? StartOf(reading, day) : Ticks.Always,
                null
            ));
        var delimited = delimitations
            .Select(entry => (Entry: entry, Event: (ZoneDelimited)entry.Event))
            .Select(d => new Delimitation(
                d.Event.Zone,
                new ZoneShape(d.Event.Inner, d.Event.Outer),
                StartOf(reading, d.Event.From),
                d.Entry
            ));
        // The sort is stable, so that of two from one day the later entry is in force.
        _byZone = drawn.Concat(delimited).OrderBy(d => d.From).ToLookup(d => d.Zone, StringComparer.Ordinal);
    }

    public bool WasEverDelimited(string zone) => _byZone.Contains(zone);

    public IEnumerable<Delimitation> Of(string zone) => _byZone[zone];

    /// <summary>The geometry in force at an instant, if any was.</summary>
    public ZoneShape? At(string zone, Instant instant) =>
        _byZone[zone].LastOrDefault(d => d.From <= Ticks.Of(instant))?.Shape;

    /// <summary>The geometries that come into force while something lasts, after its start.</summary>
    public IEnumerable<ZoneShape> Drawn(string zone, Occurrence occurred)
    {
        var (start, end) = (Ticks.Of(occurred.From), Ticks.Of(occurred.Until));
        return _byZone[zone]
            .Where(d => d.From > start && d.From < end)
            .GroupBy(d => d.From)
            .Select(ofOneDay => ofOneDay.Last().Shape);
    }

    private static long StartOf(Agreement reading, LocalDate day) => Ticks.Of(reading.TimeZone.StartOf(day));
}
