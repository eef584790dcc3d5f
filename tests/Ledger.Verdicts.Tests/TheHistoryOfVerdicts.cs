using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Replaying;
using Ledger.Verdicts.Tests.Random;
using NodaTime;

namespace Ledger.Verdicts.Tests;

/// <summary>
/// The tables of verdicts and their changes are kept by judging only what a batch of entries or the time may change.
/// Whoever judges everything anew finds the same, after every batch and at any time between two.
/// </summary>
public sealed class TheHistoryOfVerdicts
{
    [Fact]
    public void Says_after_every_batch_and_in_between_what_judging_everything_says() =>
        Trial.Run(
            400,
            (made, _, dice) =>
            {
                var entries = Spread(made, dice);
                var book = RandomQuestion.Book(entries);
                var history = new VerdictHistory([], 0, Instant.MinValue);
                var rows = new Dictionary<string, ProvisionStanding>(StringComparer.Ordinal);
                while (history.Position < entries.Length)
                {
                    history.Step(book);
                    if (Compare("after a batch") is { } wrong)
                        return wrong;

                    var until =
                        history.Position < entries.Length
                            ? entries[(int)history.Position].RecordedAt
                            : history.AsOf + Duration.FromDays(400);
                    var between = history.AsOf + (until - history.AsOf) * (dice.Below(1_000) / 1_000.0);
                    // A history goes on from its rows as well as from memory.
                    if (dice.Below(3) == 0)
                        history = new VerdictHistory(history.Standings, history.Position, history.AsOf);
                    foreach (var change in history.Until(book, between))
                        rows[change.Provision] = change.Now ?? rows[change.Provision];
                    if (Compare("as time passed") is { } late)
                        return late;
                }

                return null;

                string? Compare(string when)
                {
                    foreach (var standing in history.Explain(book))
                        rows[standing.Provision] = standing.Answer is null
                            ? standing with
                            {
                                Answer = rows[standing.Provision].Answer,
                            }
                            : standing;
                    var question = new Question(history.AsOf, history.Position, Lens.House);
                    var answers = Judge.Status(book, question).Verdicts;
                    var (expected, found) = (
                        string.Join('\n', answers.Select(Row).Order(StringComparer.Ordinal)),
                        string.Join(
                            '\n',
                            history
                                .Standings.Select(standing => Row(standing, rows[standing.Provision].Answer!))
                                .Order(StringComparer.Ordinal)
                        )
                    );
                    history.LetGo();
                    return expected == found
                        ? null
                        : $"{when}, as of {history.AsOf} at {history.Position}: expected\n{expected}\nbut found\n{found}";
                }
            }
        );

    /// <summary>Recorded while it happens, so that deadlines pass and quiet returns between two entries.</summary>
    private static ImmutableArray<Entry> Spread(ImmutableArray<Entry> entries, Dice dice)
    {
        var at = Calendar.Zone.StartOf(Calendar.FirstDay);
        return
        [
            .. entries.Select(entry =>
            {
                at += Duration.FromHours(dice.Chance(30) ? 0 : dice.Below(60));
                return entry with { RecordedAt = at };
            }),
        ];
    }

    private static string Row(VerdictAnswer answer) =>
        $"{answer.Provision} {answer.Life} {answer.Verdict} {answer.Bounds.Best} {answer.Bounds.Worst} {Why(answer)}";

    private static string Row(ProvisionStanding standing, VerdictAnswer answer) =>
        $"{standing.Provision} {standing.Life} {standing.Verdict} {standing.Best} {standing.Worst} {Why(answer)}";

    /// <summary>What a row tells besides.</summary>
    private static string Why(VerdictAnswer answer) =>
        $"{answer.Reading} {answer.Kind} {answer.Reason} {answer.Since} {answer.Deadline} {answer.Counts?.Violations}";
}
