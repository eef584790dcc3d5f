using Ledger.Cli.Terminals;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Cli.Tests.Writing;

public sealed class SayingWhenSomethingHappened
{
    private static readonly DateTimeZone Damascus = DateTimeZoneProviders.Tzdb["Asia/Damascus"];

    [Fact]
    public void Says_no_more_and_no_less_than_the_source()
    {
        Said(new LocalDateTime(2018, 11, 28, 14, 0), new LocalDateTime(2018, 11, 28, 15, 0))
            .Should()
            .Be("28 Nov 2018 14:00 to 28 Nov 2018 15:00");
        Said(new LocalDateTime(2018, 11, 28, 0, 0), new LocalDateTime(2018, 11, 29, 0, 0)).Should().Be("28 Nov 2018");
        Said(new LocalDateTime(2018, 11, 28, 0, 0), new LocalDateTime(2018, 11, 30, 0, 0))
            .Should()
            .Be("28 Nov 2018 to 29 Nov 2018");
    }

    /// <summary>The clocks of Damascus were put forward at midnight.</summary>
    [Fact]
    public void Takes_a_day_that_begins_at_one_for_a_whole_day() =>
        Times
            .Occurred(Occurrence.Days(new LocalDate(2018, 3, 30), new LocalDate(2018, 3, 30), Damascus), Damascus)
            .Should()
            .Be("30 Mar 2018");

    private static string Said(LocalDateTime from, LocalDateTime until) =>
        Times.Occurred(
            new Occurrence(
                from.InZoneLeniently(Damascus).ToInstant(),
                until.InZoneLeniently(Damascus).ToInstant(),
                Precision.Day
            ),
            Damascus
        );
}
