using NodaTime;

namespace Ledger.Verdicts;

/// <summary>
/// Instants as UTC ticks, which columns hold and loops compare. The two ends stand for "always" and "never".
/// </summary>
internal static class Ticks
{
    public const long Always = long.MinValue;

    public const long Never = long.MaxValue;

    public const long Microsecond = 10;

    public static long Of(Instant instant) => instant.ToUnixTimeTicks();

    public static Instant ToInstant(long ticks) => Instant.FromUnixTimeTicks(ticks);

    /// <summary>Null for either end of time.</summary>
    public static Instant? ToOptional(long ticks) => ticks is Always or Never ? null : ToInstant(ticks);
}
