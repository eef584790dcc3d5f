using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Cli.Sentences;

/// <summary>Why a verdict is what it is, in a few words for a list.</summary>
public static class Reasons
{
    /// <summary>The facts beside a verdict, most telling first.</summary>
    public static IEnumerable<string> Facts(VerdictAnswer answer, Provision? provision, DateTimeZone zone)
    {
        if (answer.Life is not Life.InForce and not Life.NotYetInForce)
            yield return Words.Of(answer.Life).Replace('-', ' ');
        if (Of(answer, provision, zone) is { } reason)
            yield return reason;
        if (answer is { Progress: { } progress })
            yield return $"{progress.Quantity} {progress.Reached} of {progress.AtLeast}";
        if (answer.Instances is [{ Stock: { } stock }])
            yield return $"{stock.Quantity} {(stock.Low == stock.High ? $"{stock.Low}" : $"{stock.Low} to {stock.High}")}";
        if (answer.LateAt is { } late)
            yield return $"done late, {Times.From(late, zone)}";
        if (!answer.Bounds.Settled)
            yield return $"contested: best {Words.Of(answer.Bounds.Best)}, worst {Words.Of(answer.Bounds.Worst)}";
    }

    /// <summary>The reason alone, as it goes after a colon.</summary>
    public static string Word(Reason reason) =>
        reason switch
        {
            Reason.NotYetInForce => "not in force yet",
            Reason.NoTrigger => "nothing has triggered it",
            Reason.BeforeDeadline => "its time has not run out",
            Reason.Released => "released before it was due",
            Reason.ActInTime => "done in time",
            Reason.DeadlinePassed => "its deadline passed without compliance",
            Reason.NoViolation => "no violation counts",
            Reason.Violation => "violated",
            Reason.Cured => "violated before, but no longer",
            Reason.Recurring => "done recently enough",
            Reason.Overdue => "overdue",
            Reason.PeriodMissed => "a period came out short",
            Reason.NoLine => "its zone has not been delimited",
            Reason.NotObserved => "nobody was monitoring",
            Reason.NoCount => "nobody has counted, or too long ago",
            Reason.NoFinding => "it has no observable test, and no body entitled to decide has made a finding",
            Reason.Finding => "as the adjudicator found",
            _ => Words.Of(reason),
        };

    private static string? Of(VerdictAnswer answer, Provision? provision, DateTimeZone zone)
    {
        string Since(string words) => answer.Since is { } since ? $"{words} since {Times.From(since, zone)}" : words;
        string Due() => answer.Deadline is { } deadline ? Times.Until(deadline, zone) : "no day";
        return answer.Reason switch
        {
            Reason.NotYetInForce => provision is null
                ? "not in force yet"
                : $"in force from {Times.Day(provision.From)}",
            Reason.NoTrigger => "nothing has triggered it",
            Reason.BeforeDeadline when answer.Deadline <= answer.AsOf => $"was due {Due()}, while suspended",
            Reason.BeforeDeadline => $"due {Due()}",
            Reason.Released => "released before it was due",
            Reason.ActInTime => answer.FulfilledAt is { } done
                ? $"done {Times.From(done, zone)}, due {Due()}"
                : $"done in time, due {Due()}",
            Reason.DeadlinePassed => $"was due {Due()}, not done",
            Reason.NoViolation => "no violation",
            Reason.Violation => answer.Counts is { } counts
                ? $"{Plural.Of(counts.Violations, "violation")}, first "
                    + $"{Times.From(counts.First, zone)}{(counts.Violations > 1 ? $", last {Times.From(counts.Last, zone)}" : "")}"
                : Since("violated"),
            Reason.Cured => Since("cured"),
            Reason.Recurring => Gaps(answer, zone) is { Length: > 0 } gaps
                ? $"done again by {Times.From(answer.Since ?? answer.AsOf, zone)}, after {gaps}"
            : answer.Instances.Any(instance => instance.DecidedBy.Any(deciding => deciding.Role == Role.Act))
                ? "done recently enough"
            : "no period has run out yet",
            Reason.Overdue => Since("overdue"),
            Reason.PeriodMissed => answer.Counts is { } missed
                ? $"{Plural.Of(missed.Violations, "period")} missed, the last by {Times.Until(missed.Last, zone)}"
                : Since("period missed"),
            Reason.NoLine => "its zone has not been delimited",
            Reason.NotObserved => Since("nobody monitoring"),
            Reason.NoCount => "nobody has counted, or too long ago",
            Reason.NoFinding => "no body entitled to decide has made a finding",
            Reason.Finding => Since("as the adjudicator found,"),
            _ => null,
        };
    }

    private static string Gaps(VerdictAnswer answer, DateTimeZone zone)
    {
        var gaps = answer
            .Instances.SelectMany(instance => instance.Gaps ?? [])
            .Where(gap => gap.From is not null && gap.From <= answer.AsOf)
            .ToList();
        return gaps is []
            ? ""
            : $"{Plural.Of(gaps.Count, "gap")} "
                + $"({string.Join("; ", gaps.Select(gap => $"{Times.From(gap.From!.Value, zone)} to {End(gap.Until)}"))})";

        string End(Instant? until) => until is { } end ? Times.Until(end, zone) : "now";
    }
}
