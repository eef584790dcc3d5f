using CsCheck;
using Ledger.Domain.Input;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Domain.Tests.Time;

public sealed class Deadlines
{
    private static readonly DateTimeZone Damascus = DateTimeZoneProviders.Tzdb["Asia/Damascus"];

    [Fact]
    public void A_day_lasts_until_the_following_midnight_where_the_agreement_applies() =>
        DayEnds.End.DeadlineOf(new LocalDate(2018, 10, 10), Damascus).Should().Be(Instant.FromUtc(2018, 10, 10, 21, 0));

    [Fact]
    public void A_file_may_end_the_day_at_its_start() =>
        DayEnds
            .Start.DeadlineOf(new LocalDate(2018, 10, 15), Damascus)
            .Should()
            .Be(Instant.FromUtc(2018, 10, 14, 21, 0));

    [Fact]
    public void Five_days_run_through_the_end_of_the_fifth_day() =>
        new Span.Calendar(0, 0, 5)
            .DeadlineAfter(Instant.FromUtc(2018, 10, 1, 9, 0), Damascus)
            .Should()
            .Be(Damascus.StartOf(new LocalDate(2018, 10, 7)));

    [Fact]
    public void Forty_eight_hours_are_exact_and_inclusive()
    {
        var start = Instant.FromUtc(2018, 10, 1, 9, 0);
        var deadline = new Span.Elapsed(Duration.FromHours(48)).DeadlineAfter(start, Damascus);

        Occurrence.At(start + Duration.FromHours(48)).Until.Should().BeLessThanOrEqualTo(deadline);
        Occurrence.At(start + Duration.FromHours(48) + Instants.Microsecond).Until.Should().BeGreaterThan(deadline);
    }

    [Fact]
    public void A_day_is_as_long_as_it_was_when_the_clocks_changed()
    {
        // Syria left summer time at midnight before 26 October 2018.
        var day = Occurrence.Days(new LocalDate(2018, 10, 25), new LocalDate(2018, 10, 25), Damascus);

        (day.Until - day.From).Should().Be(Duration.FromHours(25));
    }

    [Fact]
    public void Spans_are_written_as_they_are_read() =>
        Gen.Select(
                Gen.Int[1, 1000],
                Gen.OneOf(
                    Gen.Const("minute"),
                    Gen.Const("hour"),
                    Gen.Const("day"),
                    Gen.Const("week"),
                    Gen.Const("month"),
                    Gen.Const("year")
                )
            )
            .Sample(
                (n, unit) =>
                {
                    var text = $"{n} {unit}{(n == 1 ? "" : "s")}";
                    var span = Read(text);
                    return span is not null && Read(span.ToString()) == span;
                }
            );

    [Theory]
    [InlineData("5")]
    [InlineData("days 5")]
    [InlineData("-5 days")]
    [InlineData("5.5 days")]
    [InlineData("99999999999999 days")]
    [InlineData("5 fortnights")]
    public void Anything_else_is_no_length_of_time(string text) => Read(text).Should().BeNull();

    private static Span? Read(string text) =>
        Span.Read(new InputNode(System.Text.Json.Nodes.JsonValue.Create(text), "", new Problems()));
}
