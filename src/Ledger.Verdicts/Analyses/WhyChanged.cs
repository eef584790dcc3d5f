using System.Collections.Immutable;
using Ledger.Domain.Entries;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Explaining;

namespace Ledger.Verdicts.Analyses;

/// <summary>
/// Between two known times, or two valid times, finds the entries that changed an answer, and shows each by leaving it
/// out.
/// </summary>
public static class WhyChanged
{
    /// <summary>More new entries than this are not tried one by one; the deciding ones always are.</summary>
    private const int MostTried = 2_000;

    /// <summary>Null when the reading at neither point holds the provision.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public static WhyChangedAnswer? Between(
        Book book,
        string provisionId,
        Question from,
        Question to,
        CancellationToken cancellationToken = default
    )
    {
        var (before, after) = (Judge.Verdict(book, provisionId, from), Judge.Verdict(book, provisionId, to));
        if (before is null && after is null)
            return null;
        var (old, now) = (before is null ? null : Standing.Of(before), after is null ? null : Standing.Of(after));
        var evaluation = Evaluation.Of(book, to);
        var citations = new Citations(evaluation);
        var changed = old is null || now is null || !old.Says(now);
        var flips = new List<Flip>();
        foreach (var entry in changed ? NewAt(book, evaluation, after, from, to) : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            var standing = Judge.Standing(
                book,
                provisionId,
                to with
                {
                    Lens = to.Lens with { Without = to.Lens.Without.Add(entry) },
                }
            );
            if (standing is null || now is null || !standing.Says(now))
                flips.Add(new Flip([citations.Of(entry)], standing));
        }

        return new WhyChangedAnswer
        {
            Agreement = evaluation.Reading.Id,
            Provision = provisionId,
            From = Diff.PointOf(Evaluation.Of(book, from), from),
            To = Diff.PointOf(evaluation, to),
            Before = old,
            After = now,
            Changed = changed,
            FlippedBy = [.. flips],
            Conclusion = Sentence(provisionId, old, now, changed, flips, from, to, evaluation),
        };
    }

    /// <summary>
    /// Entries that are recorded, said or counted, or whose facts occur, only at the later point. The agreement itself
    /// cannot be left out.
    /// </summary>
    private static IEnumerable<Guid> NewAt(
        Book book,
        Evaluation evaluation,
        VerdictAnswer? after,
        Question from,
        Question to
    )
    {
        var recorded = book.Entries.Skip((int)from.KnownAt).Take((int)Math.Max(0, to.KnownAt - from.KnownAt));
        var matter = recorded
            .Where(e =>
                e.Event
                    is not (
                        AgreementAdopted
                        or AssessmentProposed
                        or ReportSentBack
                        or QuestionAnswered
                        or PartyResponded
                        or EvidenceAttached
                        or ErasureRequested
                        or ErasureConfirmed
                        or LogResumed
                        or KeyRotated
                        or ClockCorrected
                    )
            )
            .Select(e => e.Id)
            .ToList();
        var (early, late) = (Ticks.Of(from.AsOf), Ticks.Of(to.AsOf));
        var occurred = evaluation
            .Facts.Where(fact => fact.Start > early && fact.Start <= late)
            .SelectMany(fact => fact.Reports)
            .Select(report => report.Filing.Id)
            .ToList();
        var powers = evaluation
            .Visible.Live<PowerExercised>()
            .Where(e => Ticks.Of(((PowerExercised)e.Event).Effective) is var effect && effect > early && effect <= late)
            .Select(e => e.Id);
        var otherwise = from.Lens == to.Lens ? [] : CountedOtherwise(book, evaluation, from);
        var deciding = after is null
            ? []
            : after
                .DecidedBy.Select(d => d.Entry)
                .Where(id => from.Lens != to.Lens || matter.Contains(id) || occurred.Contains(id));
        return deciding.Concat(matter.Concat(occurred).Concat(powers).Concat(otherwise).Take(MostTried)).Distinct();
    }

    /// <summary>
    /// What is live under one lens and not under the other. What both know, and one lens takes for less, decides or does
    /// not; so the deciding entries are tried as well.
    /// </summary>
    private static IEnumerable<Guid> CountedOtherwise(Book book, Evaluation evaluation, Question from)
    {
        var before = Evaluation.Of(book, from).Visible.Live<LedgerEvent>().Select(entry => entry.Id).ToHashSet();
        return evaluation
            .Visible.Live<LedgerEvent>()
            .Where(entry => entry.Event is not AgreementAdopted && !before.Contains(entry.Id))
            .Select(entry => entry.Id);
    }

    private static string Sentence(
        string provision,
        Standing? before,
        Standing? after,
        bool changed,
        List<Flip> flips,
        Question from,
        Question to,
        Evaluation evaluation
    )
    {
        var (old, now) = (
            before is null ? "not part of the agreement" : English.Word(before.Verdict),
            after is null ? "not part of the agreement" : English.Word(after.Verdict)
        );
        if (!changed)
            return $"{provision} is {now} at both points.";
        var cause = flips.Count switch
        {
            0 when from.KnownAt == to.KnownAt && from.Lens == to.Lens => "no single entry did it: time passed",
            0 when from.Lens != to.Lens => "no entry that counts only at the second point did it alone",
            0 => "no single entry did it: each would have been made up for by others",
            1 => $"without entry {flips[0].Entries[0].Position} it would be {Or(flips[0].Without)}",
            _ => $"any of {flips.Count} entries left out would give another answer",
        };
        var when =
            from.AsOf == to.AsOf
                ? ""
                : $" between {English.Since(from.AsOf, evaluation.Reading.TimeZone)} and {English.Since(to.AsOf, evaluation.Reading.TimeZone)}";
        var known = from.KnownAt == to.KnownAt ? "" : $" between positions {from.KnownAt} and {to.KnownAt}";
        return $"{provision} went from {old} to {now}{when}{known}; {cause}.";

        static string Or(Standing? standing) => standing is null ? "no provision" : English.Word(standing.Verdict);
    }
}
