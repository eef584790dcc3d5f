using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Server.Pages;

/// <summary>Verdicts and times as people read them. A verdict is a word and a sign, never a colour alone.</summary>
public static class PageText
{
    private static readonly LocalDatePattern Days = LocalDatePattern.CreateWithInvariantCulture("d MMMM uuuu");
    private static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture(
        "d MMMM uuuu, HH:mm"
    );

    public static string ClassOf(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    public static Html Of(Verdict verdict) =>
        Html.Of($"""<span class="verdict {ClassOf(verdict)}">{Sign(verdict)} {ClassOf(verdict)}</span>""");

    /// <summary>A word in camel case as words.</summary>
    public static string Of(Enum word) =>
        string.Concat(
            word.ToString()
                .Select(
                    (c, i) =>
                        i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()
                )
        );

    public static string Day(Instant instant, DateTimeZone zone) => Days.Format(zone.DayOf(instant));

    /// <summary>A day where the instant is its start or its last microsecond, else with the time.</summary>
    public static string Time(Instant instant, DateTimeZone zone)
    {
        var local = instant.InZone(zone).LocalDateTime;
        return
            local.TimeOfDay == LocalTime.Midnight
            || instant + Instants.Microsecond == zone.StartOf(local.Date.PlusDays(1))
            ? Days.Format(local.Date)
            : Minutes.Format(local);
    }

    private static string Sign(Verdict verdict) =>
        verdict switch
        {
            Verdict.Fulfilled => "✔",
            Verdict.Holding => "●",
            Verdict.Pending => "…",
            Verdict.Breached => "✖",
            _ => "?",
        };
}
