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
    public static DeadlineExplained Of(IRuleEvaluator rule, Duty duty)
    {
        var zone = rule.Context.Days.Zone;
        var tooLate = duty.Deadline == Ticks.Never ? null : English.MomentOf(duty.Deadline, zone);
        return new DeadlineExplained
        {
            Key = duty.Key,
            Starts = English.MomentOf(duty.TriggeredAt, zone),
            TooLate = tooLate,
            Arithmetic = $"{rule.Arithmetic(duty)}{Moved(duty)}; {End(tooLate, zone)}{Suspended(rule.Context, duty)}",
        };
    }

    private static string Moved(Duty duty) =>
        duty.DecidedBy.FirstOrDefault(mark => mark.Entry?.Event is DeadlineExtended).Entry?.Event
            is DeadlineExtended extended
            ? $"; extended to {English.Day(extended.To)} by {extended.Basis}"
            : "";

    /// <summary>A deadline that has passed while nothing could breach the provision breaches it later.</summary>
    private static string Suspended(RuleContext context, Duty duty) =>
        duty.Deadline > context.AsOf
        || context.Force.FirstUnsuspended(duty.Deadline) is var resumed && resumed == duty.Deadline
            ? ""
            : $"; the provision was suspended then, so that a breach begins {(resumed == Ticks.Never ? "when the suspension ends" : $"with the end of the suspension, {English.Since(Ticks.ToInstant(resumed), context.Days.Zone)}")}";

    private static string End(Moment? tooLate, DateTimeZone zone) =>
        tooLate is null
            ? "the deadline stands still while the provision is suspended"
            : $"in time until {English.LastInTime(tooLate.Utc, zone)} ({zone.Id}), too late from {tooLate.Local}, which is {tooLate.Utc.ToText()}";
}
