using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Verdicts.Tests.Random;

/// <summary>
/// The few instants at which random ledgers let anything happen: every six hours from midnight, local time, of forty
/// days. Few, so that things coincide with deadlines and with each other.
/// </summary>
public static class Calendar
{
    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Riyadh"];

    public static readonly LocalDate FirstDay = new(2018, 9, 28);

    /// <summary>The start of force of everything that names no other day.</summary>
    public static readonly LocalDate InForce = new(2018, 10, 1);

    private const int Days = 32;

    private static readonly Instant Start = Zone.StartOf(FirstDay);

    /// <summary>When the random ledgers are recorded.</summary>
    public static readonly Instant Recording = Zone.StartOf(new LocalDate(2018, 12, 1));

    public static Instant Instant(Dice dice, int days = Days) => Start + Duration.FromHours(6 * dice.Below(4 * days));

    public static LocalDate Day(Dice dice, int days = Days) => FirstDay.PlusDays(dice.Below(days));

    /// <summary>
    /// Every instant at which an answer can change: deadlines in hours end a microsecond later, and a said time may be
    /// a recording time.
    /// </summary>
    public static List<Instant> Every(int entries) =>
        [
            .. Enumerable
                .Range(0, 4 * 70)
                .SelectMany(i =>
                    (Instant[])
                        [
                            Start + Duration.FromHours(6 * i) - Instants.Microsecond,
                            Start + Duration.FromHours(6 * i),
                            Start + Duration.FromHours(6 * i) + Instants.Microsecond,
                        ]
                )
                .Concat(Enumerable.Range(1, entries + 3).Select(RecordedAt))
                .Order(),
        ];

    public static Instant RecordedAt(int position) => Recording + Duration.FromMinutes(position);
}
