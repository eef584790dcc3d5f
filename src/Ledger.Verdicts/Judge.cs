using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;
using Ledger.Verdicts.Rules;

namespace Ledger.Verdicts;

/// <summary>
/// Gives verdicts: pure functions of the first K entries of a book and a question. Ask <see cref="Book.Objection"/>
/// first; a question that has one throws.
/// </summary>
public static class Judge
{
    /// <summary>All provisions of the reading.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public static StatusAnswer Status(Book book, Question question, CancellationToken cancellationToken = default)
    {
        var evaluation = Evaluation.Of(book, question);
        return new StatusAnswer
        {
            Agreement = evaluation.Reading.Id,
            Position = question.KnownAt,
            Reading = evaluation.Reading.Version,
            AsOf = question.AsOf,
            Lens = AnswerBuilder.LensOf(evaluation, question.Lens),
            Verdicts =
            [
                .. evaluation.Reading.Provisions.Select(provision =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    return AnswerBuilder.VerdictOf(evaluation, provision, question);
                }),
            ],
        };
    }

    /// <summary>One provision, or null when the reading holds none of that id.</summary>
    public static VerdictAnswer? Verdict(Book book, string provisionId, Question question)
    {
        var evaluation = Evaluation.Of(book, question);
        return evaluation.Reading.Provision(provisionId) is { } provision
            ? AnswerBuilder.VerdictOf(evaluation, provision, question)
            : null;
    }

    /// <summary>The lens of a question with every choice made.</summary>
    public static LensUsed LensOf(Book book, Question question) =>
        AnswerBuilder.LensOf(Evaluation.Of(book, question), question.Lens);

    /// <summary>The same in short, which takes less: for answers that ask it thousands of times.</summary>
    public static Standing? Standing(Book book, string provisionId, Question question)
    {
        var evaluation = Evaluation.Of(book, question);
        return evaluation.Reading.Provision(provisionId) is { } provision
            ? AnswerBuilder.StandingOf(evaluation, provision, question)
            : null;
    }

    /// <summary>
    /// How one provision stood over all valid time, or null when no reading that applies holds one of that id.
    /// </summary>
    public static TimelineAnswer? Timeline(Book book, string provisionId, long knownAt, Lens lens)
    {
        var parts = Evaluation.All(book, knownAt, lens);
        var intervals = new List<TimelineInterval>();
        for (var i = 0; i < parts.Count; i++)
        {
            var span = new TickSpan(parts[i].From, i + 1 < parts.Count ? parts[i + 1].From : Ticks.Never);
            if (parts[i].Evaluation.Reading.Provision(provisionId) is { } provision)
                intervals.AddRange(IntervalsOf(parts[i].Evaluation, provision, span));
        }

        return intervals.Count == 0
            ? null
            : new TimelineAnswer
            {
                Agreement = parts[^1].Evaluation.Reading.Id,
                Position = knownAt,
                Lens = AnswerBuilder.LensOf(parts[^1].Evaluation, lens),
                Provision = provisionId,
                Intervals = [.. intervals],
            };
    }

    private static IEnumerable<TimelineInterval> IntervalsOf(Evaluation evaluation, Provision provision, TickSpan span)
    {
        var (outcome, force) = evaluation.Decide(provision, evaluation.House, Ticks.Never);
        var cuts = outcome
            .Steps.Select(step => step.At)
            .Concat(force.Boundaries)
            .Append(span.From)
            .Where(at => at >= span.From && at < span.Until)
            .Distinct()
            .Order()
            .ToList();
        var start = 0;
        for (var i = 1; i <= cuts.Count; i++)
        {
            if (
                i < cuts.Count
                && outcome.At(cuts[i]).SameAnswer(outcome.At(cuts[start]))
                && force.LifeAt(cuts[i]) == force.LifeAt(cuts[start])
            )
                continue;
            var step = outcome.At(cuts[start]);
            yield return new TimelineInterval
            {
                From = Ticks.ToOptional(cuts[start]),
                Until = Ticks.ToOptional(i < cuts.Count ? cuts[i] : span.Until),
                Reading = evaluation.Reading.Version,
                Life = force.LifeAt(cuts[start]),
                Verdict = step.Verdict,
                Reason = step.Reason,
                DecidedBy =
                [
                    .. step
                        .DecidedBy.Concat(AnswerBuilder.PowersAt(force, cuts[start]))
                        .SelectMany(mark => AnswerBuilder.DecidingOf(evaluation.Visible, mark))
                        .Distinct(),
                ],
            };
            start = i;
        }
    }
}
