using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Verdicts.Analyses;

/// <summary>
/// Statements per asserter beside the house's verdict. They never enter it, an adjudicator's finding aside.
/// </summary>
public static class WhoSays
{
    /// <param name="book">The ledger.</param>
    /// <param name="question">When, as known when, by which lens.</param>
    /// <param name="provisionId">One provision; null is all of them.</param>
    public static WhoSaysAnswer Of(Book book, Question question, string? provisionId = null)
    {
        var evaluation = Evaluation.Of(book, question);
        return new WhoSaysAnswer(
            evaluation.Reading.Id,
            Diff.PointOf(evaluation, question),
            [
                .. from provision in evaluation.Reading.Provisions
                where provisionId is null || provision.Id == provisionId
                select Of(evaluation, provision, AnswerBuilder.VerdictOf(evaluation, provision, question), question),
            ]
        );
    }

    /// <summary>What is said about one provision, beside the verdict on it.</summary>
    internal static Claims Of(Evaluation evaluation, Provision provision, VerdictAnswer answer, Question question)
    {
        var statements = evaluation
            .Visible.Live<StatementRecorded>()
            .Where(entry =>
                HeldFrom(evaluation, entry) <= question.AsOf
                && ((StatementRecorded)entry.Event).Provisions.Contains(provision.Id)
            );
        var deciding = answer.DecidedBy.Select(d => d.Entry).ToHashSet();
        var house = Standing.Of(answer);
        return new Claims(
            provision.Id,
            provision.Title.ByLanguage,
            house,
            [
                .. statements
                    .GroupBy(entry => ((StatementRecorded)entry.Event).By.Trim(), StringComparer.OrdinalIgnoreCase)
                    .Select(said =>
                        ClaimOf(
                            evaluation,
                            [.. said.OrderBy(entry => Said(evaluation, entry)).ThenBy(entry => entry.Position)],
                            house
                        )
                    )
                    .OrderByDescending(claim => claim.SaidAt),
            ],
            [
                .. evaluation
                    .Visible.Live<PartyResponded>()
                    .Where(entry => deciding.Contains(((PartyResponded)entry.Event).Target))
                    .Select(entry => ResponseOf(evaluation, entry)),
            ]
        );
    }

    private static Claim ClaimOf(Evaluation evaluation, List<Entry> said, Standing house)
    {
        var statement = (StatementRecorded)said[^1].Event;
        return new Claim
        {
            Entry = said[^1].Id,
            Position = evaluation.Visible.PositionOf(said[^1]),
            By = statement.By,
            Party = statement.Party,
            Stance = statement.Stance,
            Since = statement.Since,
            SaidAt = Said(evaluation, said[^1]),
            Summary = statement.Summary,
            Agrees = Agrees(statement.Stance, house.Verdict),
            Earlier = said.Count - 1,
        };
    }

    /// <summary>
    /// Only what both sides settle can agree or differ; a dispute or refusal says nothing about how things stand.
    /// </summary>
    private static bool? Agrees(StatementStance stance, Verdict house) =>
        (stance, house) switch
        {
            (_, Verdict.Unknown) => null,
            (StatementStance.Kept, _) => house is Verdict.Holding or Verdict.Fulfilled,
            (StatementStance.Broken, _) => house == Verdict.Breached,
            (StatementStance.Partly, Verdict.Holding or Verdict.Fulfilled) => false,
            (StatementStance.InProgress, _) => house == Verdict.Pending,
            _ => null,
        };

    private static Response ResponseOf(Evaluation evaluation, Entry entry)
    {
        var response = (PartyResponded)entry.Event;
        return new Response(
            entry.Id,
            evaluation.Visible.PositionOf(entry),
            response.Target,
            response.Party,
            response.Stance,
            Said(evaluation, entry),
            response.Words
        );
    }

    /// <summary>What is said to hold from later on is no statement about the time asked for.</summary>
    private static Instant HeldFrom(Evaluation evaluation, Entry entry) =>
        ((StatementRecorded)entry.Event).Since ?? Said(evaluation, entry);

    private static Instant Said(Evaluation evaluation, Entry entry) =>
        evaluation.Visible.PositionOf(entry) is null ? entry.Event.SaidAt ?? Instant.MinValue : entry.SaidAt;
}
