using System.Collections.Frozen;
using NodaTime;

namespace Ledger.Domain.Time;

/// <summary>How exactly a source states when something happened.</summary>
public enum Precision
{
    Instant,
    Day,
    Days,
    Week,
    Month,
    Year,
}

/// <summary>
/// When something happened in the world: the half-open interval within which the source places it.
/// An instant is the microsecond it names, so that every occurrence has a start that is before its end.
/// </summary>
public sealed record Occurrence
{
    public Occurrence(Instant from, Instant until, Precision precision)
    {
        if (until <= from)
            throw new ArgumentOutOfRangeException(
                nameof(until),
                $"An occurrence must end after it starts: {from} to {until}."
            );
        (From, Until, Precision) = (from.ToMicroseconds(), until.ToMicroseconds(), precision);
    }

    public Instant From { get; }

    public Instant Until { get; }

    public Precision Precision { get; }

    public static Occurrence At(Instant instant) =>
        new(instant, instant.ToMicroseconds() + Instants.Microsecond, Precision.Instant);

    /// <summary>
    /// The days from <paramref name="first"/> to <paramref name="last"/>, both included, in <paramref name="zone"/>.
    /// </summary>
    public static Occurrence Days(LocalDate first, LocalDate last, DateTimeZone zone, Precision? precision = null) =>
        new(
            zone.StartOf(first),
            zone.StartOf(last.PlusDays(1)),
            precision ?? (first == last ? Precision.Day : Precision.Days)
        );

    public static readonly FrozenDictionary<string, Precision> Precisions = new Dictionary<string, Precision>
    {
        ["instant"] = Precision.Instant,
        ["day"] = Precision.Day,
        ["days"] = Precision.Days,
        ["week"] = Precision.Week,
        ["month"] = Precision.Month,
        ["year"] = Precision.Year,
    }.ToFrozenDictionary();
}
