using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Explaining;
using NodaTime;

namespace Ledger.Verdicts.Analyses;

/// <summary>What the ledger said about one valid time, and when it changed its mind.</summary>
public static class History
{
    /// <summary>Null when no reading known by <paramref name="knownAt"/> holds the provision.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public static HistoryAnswer? Of(
        Book book,
        string provisionId,
        Instant asOf,
        long knownAt,
        Lens lens,
        CancellationToken cancellationToken = default
    )
    {
        var steps = new List<HistoryStep>();
        Standing? last = null;
        for (var position = 1L; position <= knownAt; position++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var question = new Question(asOf, position, lens);
            if (book.Objection(question) is not null || !CanMatter(book.Entries[(int)position - 1].Event))
                continue;
            var evaluation = Evaluation.Of(book, question);
            var provision = evaluation.Reading.Provision(provisionId);
            if (
                last is not null
                && provision is not null
                && !evaluation.MayChange(provision, book.Entries[(int)position - 1].Event)
            )
                continue;
            var now = provision is null ? null : AnswerBuilder.StandingOf(evaluation, provision, question);
            // One more violation, or a sum that grew, is no change of mind.
            if (now is null == last is null && now?.WithoutNumbers == last?.WithoutNumbers)
                continue;
            steps.Add(new HistoryStep(position, now, new Citations(evaluation).Of(book.Entries[(int)position - 1])));
            last = now;
        }

        var end = new Question(asOf, knownAt, lens);
        return steps.Count == 0
            ? null
            : new HistoryAnswer
            {
                Agreement = book.Reading(end).Id,
                Provision = provisionId,
                AsOf = asOf,
                Position = knownAt,
                Lens = AnswerBuilder.LensOf(Evaluation.Of(book, end), lens),
                Steps = [.. steps],
            };
    }

    /// <summary>Responses, evidence, erasures and what befell the log stand beside verdicts, never in them.</summary>
    private static bool CanMatter(LedgerEvent @event) =>
        @event
            is not (
                AssessmentProposed
                or ReportSentBack
                or QuestionAnswered
                or PartyResponded
                or EvidenceAttached
                or ErasureRequested
                or ErasureConfirmed
                or LogResumed
                or KeyRotated
                or ClockCorrected
            );
}
