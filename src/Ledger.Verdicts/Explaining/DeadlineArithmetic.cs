using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Rules;
using NodaTime;

namespace Ledger.Verdicts.Explaining;

/// <summary>Writes down how a deadline follows from its start, so that anybody can check it with a calendar.</summary>
internal static class DeadlineArithmetic
{
    public static DeadlineExplained Of(Evaluation evaluation, Provision provision, Duty duty)
    {
        var zone = evaluation.Reading.TimeZone;
        var tooLate = duty.Deadline == Ticks.Never ? null : English.MomentOf(duty.Deadline, zone);
        return new DeadlineExplained
        {
            Key = duty.Key,
            Starts = English.MomentOf(duty.TriggeredAt, zone),
            TooLate = tooLate,
            Arithmetic = $"{Rule(provision, duty, zone)}{Moved(duty)}; {End(tooLate, zone)}",
        };
    }

    private static string Rule(Provision provision, Duty duty, DateTimeZone zone)
    {
        var start = Ticks.ToInstant(duty.TriggeredAt);
        return provision.Rule switch
        {
            Rule.Achieve { By: { } day } =>
                $"in force from {English.Since(start, zone)}; due by {English.Day(day)}{EndOfDay(provision.DayEnds)}",
            Rule.Achieve { Within: Span.Elapsed elapsed } =>
                $"triggered at {English.Local(start, zone)}; due within {elapsed}, exactly and inclusive",
            Rule.Achieve { Within: Span.Calendar days } =>
                $"triggered on {English.Day(zone.DayOf(start))}; due within {days}, which is {English.Day(days.After(zone.DayOf(start)))}{EndOfDay(provision.DayEnds)}",
            Rule.Recur recur =>
                $"last on {English.Day(zone.DayOf(start))}; due every {recur.Every}, next through {English.Day(recur.Every.After(zone.DayOf(start)))}",
            _ => "",
        };
    }

    private static string EndOfDay(DayEnds ends) =>
        ends == DayEnds.End ? " (the day counts)" : " (the file ends the day at the midnight it begins with)";

    private static string Moved(Duty duty) =>
        duty.DecidedBy.FirstOrDefault(mark => mark.Entry?.Event is DeadlineExtended).Entry?.Event
            is DeadlineExtended extended
            ? $"; extended to {English.Day(extended.To)} by {extended.Basis}"
            : "";

    private static string End(Moment? tooLate, DateTimeZone zone) =>
        tooLate is null
            ? "the deadline stands still while the provision is suspended"
            : $"in time until {English.LastInTime(tooLate.Utc, zone)} ({zone.Id}), too late from {tooLate.Local}, which is {tooLate.Utc.ToText()}";
}
