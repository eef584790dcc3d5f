using Ledger.Domain.Input;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Domain.Time;

/// <summary>Reads days, instants and occurrences from outside input.</summary>
public static class TimeInput
{
    public static LocalDate? Day(this InputNode input)
    {
        var text = input.Text(40);
        if (text is null)
            return null;
        var day = LocalDatePattern.Iso.Parse(text);
        if (day.Success && day.Value.Year is >= 1800 and < 2200)
            return day.Value;
        input.Wrong("time/not-a-day", NotADay(text));
        return null;
    }

    /// <summary>A day that is written well, and that no calendar has, is told by how long its month is.</summary>
    private static string NotADay(string text) =>
        text is [_, _, _, _, '-', .., '-', _, _]
        && text.Length == 10
        && YearMonthPattern.Iso.Parse(text[..7]) is { Success: true, Value: var month }
        && month.Year is >= 1800 and < 2200
        && text[8..].All(char.IsAsciiDigit)
            ? $"There is no day '{text}': that month has {CalendarSystem.Iso.GetDaysInMonth(month.Year, month.Month)} days."
            : $"'{text}' is not a day: write it as 2018-10-10.";

    public static Instant? Moment(this InputNode input)
    {
        var text = input.Text(60);
        if (text is null)
            return null;
        if (Instants.TryParse(text, out var instant))
            return instant;
        input.Wrong(
            "time/not-an-instant",
            $"'{text}' is not an instant: write it as 2018-10-10T09:30:00Z or with an offset, "
                + "2018-10-10T12:30:00+03:00."
        );
        return null;
    }

    /// <summary>An instant, or a day that stands for its start in <paramref name="zone"/>.</summary>
    public static Instant? MomentOrDay(this InputNode input, DateTimeZone zone)
    {
        var text = input.Text(60);
        return text is { Length: 10 }
            ? input.Day() is { } day
                ? zone.StartOf(day)
                : null
            : input.Moment();
    }

    /// <summary>
    /// A day (<c>"2018-10-10"</c>), an instant, or an object with <c>from</c>, <c>until</c> and <c>precision</c>. A day
    /// as
    /// <c>until</c> is excluded, like every end; without <c>until</c> the precision says how long the interval is.
    /// </summary>
    public static Occurrence? Occurrence(this InputNode input, DateTimeZone zone)
    {
        if (input.IsText)
            return Alone(input, zone, null);

        input.Only("from", "until", "precision");
        if (!input.IsObject || !input["from"].Required("the day or instant it happened, or the start of the interval"))
            return null;

        var precision = input["precision"].Choice(Time.Occurrence.Precisions);
        if (!input["until"].IsPresent)
            return Alone(input["from"], zone, precision);

        var (from, until) = (input["from"].MomentOrDay(zone), input["until"].MomentOrDay(zone));
        if (from is null || until is null)
            return null;
        if (from == until && precision is null or Precision.Instant)
            return Time.Occurrence.At(from.Value);
        if (until > from)
            return new Occurrence(from.Value, until.Value, precision ?? Precision.Days);
        input["until"]
            .Wrong(
                "time/ends-before-it-starts",
                $"'until' ({until}) must be after 'from' ({from}); it is excluded from the interval."
            );
        return null;
    }

    private static Occurrence? Alone(InputNode from, DateTimeZone zone, Precision? precision)
    {
        if (from.Text(60) is not { } text)
            return null;
        if (text.Length != 10)
        {
            if (from.Moment() is not { } instant)
                return null;
            return precision is null or Precision.Instant
                ? Time.Occurrence.At(instant)
                : Whole(zone.DayOf(instant), precision.Value, zone);
        }

        if (from.Day() is not { } day)
            return null;
        if (precision is not Precision.Instant)
            return Whole(day, precision ?? Precision.Day, zone);
        from.Wrong(
            "time/not-an-instant",
            $"'{text}' is a day, but the precision says instant: write the time too, or precision day."
        );
        return null;
    }

    private static Occurrence Whole(LocalDate day, Precision precision, DateTimeZone zone) =>
        precision switch
        {
            Precision.Week => Time.Occurrence.Days(day, day.PlusDays(6), zone, precision),
            Precision.Month => Time.Occurrence.Days(
                new LocalDate(day.Year, day.Month, 1),
                new LocalDate(day.Year, day.Month, 1).PlusMonths(1).PlusDays(-1),
                zone,
                precision
            ),
            Precision.Year => Time.Occurrence.Days(
                new LocalDate(day.Year, 1, 1),
                new LocalDate(day.Year, 12, 31),
                zone,
                precision
            ),
            _ => Time.Occurrence.Days(day, day, zone, precision),
        };
}
