using System.Globalization;
using Ledger.Domain.Time;
using Ledger.Verdicts;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Server.Requests;

/// <summary>
/// Times in a query. A day counts whole: it stands for its last microsecond in the agreement's time zone.
/// </summary>
public static class TimeParameters
{
    public static Instant? Time(this QueryReader query, string name, DateTimeZone zone)
    {
        if (query.Text(name) is not { } text)
            return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: >= 1800 and < 2200 } day })
            return zone.StartOf(day.PlusDays(1)) - Instants.Microsecond;
        // A plus sign in a query is a space to whoever follows the form encoding.
        if (Instants.TryParse(text.Replace(' ', '+'), out var instant))
            return instant;
        query.Wrong(
            name,
            "query/not-a-time",
            $"'{text}' is not a time: write {name}=2018-10-10 for a whole day, or 2018-10-10T09:30:00Z."
        );
        return null;
    }

    /// <summary>A position, or a time, which is resolved to the position that was reached by it.</summary>
    public static long? Position(this QueryReader query, string name, Book book, DateTimeZone zone)
    {
        if (query.Text(name) is not { } text)
            return null;
        if (!text.All(char.IsAsciiDigit))
            return query.Time(name, zone) is { } instant ? book.PositionAt(instant) : null;
        if (
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            && position <= book.Position
        )
            return position;
        query.Wrong(
            name,
            "query/position-ahead",
            $"The ledger has {book.Position} entries, so nothing is known at position {text} yet."
        );
        return null;
    }
}
