using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Verdicts.Explaining;

/// <summary>Says a verdict in one or two sentences that hold nothing the answer does not.</summary>
internal static class Conclusion
{
    public static string Of(Evaluation evaluation, Provision provision, VerdictAnswer answer)
    {
        var citations = new Citations(evaluation);
        return Of(
            evaluation,
            provision,
            answer,
            [.. answer.DecidedBy.Select(citations.Of)],
            [.. answer.Bounds.SeparatedBy.Select(citations.Of)]
        );
    }

    public static string Of(
        Evaluation evaluation,
        Provision provision,
        VerdictAnswer answer,
        IReadOnlyList<Cited> entries,
        IReadOnlyList<Cited> separating
    )
    {
        var zone = evaluation.Reading.TimeZone;
        var article = provision.Article is { } number ? $"Article {number}" : provision.Id;
        return $"{article} ({provision.Title.In("en")}) {Finding(answer, entries, zone)}{Life(answer)}. {Contested(answer, separating)}".TrimEnd();
    }

    private static string Finding(VerdictAnswer answer, IReadOnlyList<Cited> entries, DateTimeZone zone)
    {
        var (since, deadline) = (
            answer.Since is { } s ? English.Since(s, zone) : "the beginning",
            answer.Deadline is { } d ? English.Deadline(d, zone) : "a deadline that stands still"
        );
        return answer.Reason switch
        {
            Reason.NotYetInForce => "is not in force yet, so nothing can have broken it",
            Reason.NoLine => "cannot be judged, because the line of its zone has never been drawn",
            Reason.NotObserved =>
                $"cannot be judged since {since}: no violation is known, but nobody is recorded as watching",
            Reason.NoCount =>
                $"cannot be judged since {since}: no count is known that counts, or the last is too old{Stock(answer)}",
            Reason.NoFinding => "cannot be judged from reports, and no finding of an adjudicator is recorded",
            Reason.Finding => $"is found {FindingWord(answer.Verdict)} by {Authors(entries)}, with effect from {since}",
            Reason.NoTrigger => "holds: nothing is known that would have triggered the duty",
            Reason.BeforeDeadline when answer.Deadline <= answer.AsOf =>
                $"is pending: {Reached(answer)}its deadline, {deadline}, passed while it was suspended, and it is breached when the suspension ends",
            Reason.BeforeDeadline => $"is pending: {Reached(answer)}it has until {deadline}",
            Reason.Released => "was neither kept nor broken when the duty ended",
            Reason.ActInTime =>
                $"is fulfilled since {since}, in time for the deadline at {deadline}, on the word of {Authors(entries)}{Standing(entries)}",
            Reason.DeadlinePassed =>
                $"stands breached since {since}: {Duties(answer)}was due by {deadline}, and {Absence(answer)}{Late(answer, zone)}",
            Reason.PeriodMissed =>
                $"stands breached since {since}: {English.Count(answer.Counts!.Violations, "period")} came out short, the last at {English.Deadline(answer.Counts.Last, zone)}{Short(answer)} ({Evidence(answer)})",
            Reason.NoViolation =>
                $"holds since {since}: no violation is known that counts ({Evidence(answer)}){Stock(answer)}",
            // A state that should not hold is told by how long, an act by how often.
            Reason.Violation when answer.Instances.All(instance => instance.Violations is null) =>
                $"stands breached since {since}{Stock(answer)}, on the word of {Authors(entries)}{Standing(entries)}",
            Reason.Violation =>
                $"stands breached since {since}: {English.Count(answer.Counts!.Violations, "violation")} by then, the last on {English.Since(answer.Counts.Last, zone)}, on the word of {Authors(entries)}{Standing(entries)}",
            Reason.Cured =>
                $"holds again since {since}, after {English.Count(answer.Counts?.Violations ?? 0, "violation")}",
            Reason.Recurring when answer.Life is Answers.Life.Ended or Answers.Life.Discharged =>
                "was not overdue when it ended",
            Reason.Recurring => $"holds: the next occurrence is due by {deadline}",
            Reason.Overdue =>
                $"stands breached since {since}: an occurrence was due by {deadline}, and none is known that counts ({Evidence(answer)})",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static string FindingWord(Verdict verdict) =>
        verdict switch
        {
            Verdict.Breached => "broken",
            Verdict.Pending => "in progress",
            Verdict.Unknown => "neither kept nor broken",
            _ => "kept",
        };

    private static string Duties(VerdictAnswer answer)
    {
        var breached = answer.Instances.Count(instance => instance.Verdict == Verdict.Breached);
        return answer.Instances.Length == 1
            ? "it "
            : $"{breached} of {answer.Instances.Length} duties are breached, the first of which ";
    }

    private static string Absence(VerdictAnswer answer)
    {
        var progress = answer.Progress is { } p
            ? p.Reached < p.AtLeast
                ? $"only {p.Reached} of {p.AtLeast} {p.Quantity} are known"
                : $"of the {p.Reached} {p.Quantity} that are known fewer than {p.AtLeast} were in time"
            : "no report is known that shows it done in time";
        return $"{progress} ({Evidence(answer)})";
    }

    private static string Late(VerdictAnswer answer, DateTimeZone zone) =>
        answer.LateAt is { } late
            ? $"; it was done late, on {English.Since(late, zone)}{(answer.CuredAt is null ? "" : ", which cures the breach for the time after")}"
            : "";

    private static string Stock(VerdictAnswer answer) =>
        answer.Instances is [{ Stock: { } stock }]
            ? $"; there are {(stock.Low == stock.High ? $"{stock.Low}" : $"{stock.Low} to {stock.High}")} {stock.Quantity}"
            : "";

    /// <summary>What the last missed period came to.</summary>
    private static string Short(VerdictAnswer answer) =>
        answer
            .Instances.SelectMany(instance => instance.Periods ?? [])
            .LastOrDefault(p => p.Verdict == Verdict.Breached)
            is { Sums: { } sums }
            ? $", with {string.Join(" and ", sums.Select(sum => $"{sum.Reached} of {sum.AtLeast} {sum.Quantity}"))}"
            : "";

    private static string Reached(VerdictAnswer answer) =>
        answer.Progress is { } p ? $"{p.Reached} of {p.AtLeast} {p.Quantity} are known so far, and " : "";

    /// <summary>What kind of report counts under the lens.</summary>
    private static string Evidence(VerdictAnswer answer) =>
        $"among {Counted(answer.Lens.Threshold)} that {(answer.Lens.Match == Certainty.Certain ? "clearly" : "possibly")} describe it, up to entry {answer.Position}";

    private static string Counted(Domain.Reports.Level threshold) =>
        threshold switch
        {
            Domain.Reports.Level.Confirmed => "the confirmed reports",
            Domain.Reports.Level.Corroborated => "the reports that are corroborated or confirmed",
            _ => "all reports, even those that are only alleged,",
        };

    /// <summary>How well established the reports are on which it rests, where that is the same for all.</summary>
    private static string Standing(IReadOnlyList<Cited> entries) =>
        entries.Select(entry => entry.Level).OfType<Domain.Reports.Level>().Distinct().ToList() switch
        {
            [Domain.Reports.Level.Alleged] => ", alleged and not corroborated",
            [Domain.Reports.Level.Inconclusive] => ", which an assessment found inconclusive",
            [Domain.Reports.Level.Corroborated] => ", corroborated but not confirmed",
            [Domain.Reports.Level.Confirmed] => ", confirmed",
            _ => "",
        };

    private static string Authors(IReadOnlyList<Cited> entries)
    {
        var authors = entries
            .Where(entry => entry.Role != Role.Power)
            .Select(entry =>
                entry.Author
                ?? (
                    entry.SourceClass is { } source
                        ? $"an unnamed source ({English.Word(source)})"
                        : "an unnamed source"
                )
            )
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return authors switch
        {
            [] => "nobody",
            [var one] => one,
            [var one, var two] => $"{one} and {two}",
            _ => $"{authors[0]}, {authors[1]} and {English.Count(authors.Count - 2, "other")}",
        };
    }

    private static string Life(VerdictAnswer answer) =>
        answer.Life switch
        {
            Answers.Life.Suspended => "; it is suspended now",
            Answers.Life.Discharged => "; the parties have discharged it",
            Answers.Life.Ended => "; it is no longer in force",
            _ => "",
        };

    private static string Separating(Bounds bounds) =>
        bounds.SeparatedByOmitted is { } omitted
            ? $"More facts separate the two than are listed here ({omitted} lie between the first and the last of them); those listed rest"
            : "What separates the two rests";

    private static string Contested(VerdictAnswer answer, IReadOnlyList<Cited> separating)
    {
        if (answer.Bounds.Settled)
            return "";
        var doubt = separating.Any(entry => entry.Level is not null)
            ? $" {Separating(answer.Bounds)} on the word of {Authors(separating)}."
            : "";
        return $"This is contested: with every doubtful report taken in favour of those whose duty it is, it would be {English.Word(answer.Bounds.Best)}; with every one taken against them, {English.Word(answer.Bounds.Worst)}.{doubt}";
    }
}
