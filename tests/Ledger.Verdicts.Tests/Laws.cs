using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Replaying;
using Ledger.Verdicts.Tests.Random;
using NodaTime;

namespace Ledger.Verdicts.Tests;

/// <summary>The laws of docs/verdicts.md, section 15, each on random ledgers.</summary>
public sealed class Laws
{
    // verdicts.md 15.1
    [Fact]
    public void Arrival_order_does_not_matter_once_all_is_known() =>
        Trial.Run(
            1_500,
            (entries, question, dice) =>
            {
                var all = question with { KnownAt = entries.Length };
                return Difference(Ask(entries, all), Ask(Shuffled(entries, dice), all));
            }
        );

    // verdicts.md 1.1, 15.2
    [Fact]
    public void Later_entries_change_no_earlier_answer() =>
        Trial.Run(
            1_500,
            (entries, question, _) =>
            {
                var (whole, prefix) = (
                    RandomQuestion.Book(entries),
                    RandomQuestion.Book(entries.Take((int)question.KnownAt))
                );
                return Difference(Json(Judge.Status(prefix, question)), Json(Judge.Status(whole, question)));
            }
        );

    // verdicts.md 1.1
    [Fact]
    public void It_does_not_matter_where_entries_are_kept() =>
        Trial.Run(
            1_500,
            (entries, question, _) =>
            {
                var elsewhere = new Book(entries: new ReadAgain());
                foreach (var entry in entries)
                {
                    elsewhere.Append(entry);
                    // A question in between opens tables, which then follow.
                    if (entry.Position == entries.Length / 2)
                        Judge.Status(elsewhere, question with { KnownAt = entry.Position, Lens = Lens.House });
                }

                return Difference(
                    Json(Judge.Status(RandomQuestion.Book(entries), question)),
                    Json(Judge.Status(elsewhere, question))
                );
            }
        );

    // verdicts.md 2.12, 15.3
    [Fact]
    public void Later_occurrences_change_no_earlier_answer() =>
        Trial.Run(
            1_500,
            (entries, question, dice) =>
            {
                var known = entries.Take((int)question.KnownAt).ToImmutableArray();
                var report = new RandomLedger(dice).Report();
                var later = report with
                {
                    Occurred = new Occurrence(
                        question.AsOf + Instants.Microsecond,
                        question.AsOf + Duration.FromDays(dice.Below(9) + 1),
                        Precision.Days
                    ),
                };
                var longer = known.Add(
                    new Entry(
                        known.Length + 1,
                        Calendar.RecordedAt(known.Length + 1),
                        new ReportFiled { EntryId = dice.Id(), Report = later }
                    )
                );
                return Difference(Ask(known, question), Ask(longer, question with { KnownAt = longer.Length }));
            }
        );

    // verdicts.md 1.7, 1.8, 1.10, 15.4
    [Fact]
    public void To_retract_is_to_leave_out_and_to_retract_that_is_as_if_never() =>
        Trial.Run(
            1_500,
            (entries, question, dice) =>
            {
                var known = entries.Take((int)question.KnownAt).ToImmutableArray();
                // What is retracted or supposed away already, or said too late, cannot be retracted once more with any
                // effect that could be compared.
                var lens = question.Lens with
                {
                    SaidBy = null,
                    Suppose = [],
                };
                var (target, asked) = (dice.In(known), question with { Lens = lens });
                var retraction = new EntryRetracted
                {
                    EntryId = dice.Id(),
                    Target = target.Id,
                    Reason = "withdrawn",
                };
                var retracted = known.Add(
                    new Entry(known.Length + 1, Calendar.RecordedAt(known.Length + 1), retraction)
                );
                var restored = retracted.Add(
                    new Entry(
                        known.Length + 2,
                        Calendar.RecordedAt(known.Length + 2),
                        new EntryRetracted
                        {
                            EntryId = dice.Id(),
                            Target = retraction.EntryId,
                            Reason = "restored",
                        }
                    )
                );
                var without = asked with { Lens = lens with { Without = lens.Without.Add(target.Id) } };
                return Difference(Ask(known, without), Ask(retracted, asked with { KnownAt = retracted.Length }))
                    ?? Difference(Ask(known, asked), Ask(restored, asked with { KnownAt = restored.Length }));
            }
        );

    // verdicts.md 12.5, 16.7
    [Fact]
    public void Every_threshold_lies_between_the_bounds() =>
        Trial.Run(
            2_500,
            (entries, question, _) =>
            {
                var book = RandomQuestion.Book(entries);
                foreach (var threshold in (Level[])[Level.Alleged, Level.Corroborated, Level.Confirmed])
                {
                    foreach (var match in (Certainty[])[Certainty.Certain, Certainty.Possible])
                    {
                        foreach (
                            var answer in Judge
                                .Status(
                                    book,
                                    question with
                                    {
                                        Lens = question.Lens with { Threshold = threshold, Match = match },
                                    }
                                )
                                .Verdicts
                        )
                        {
                            if (
                                Badness(answer.Verdict) < Badness(answer.Bounds.Best)
                                || Badness(answer.Verdict) > Badness(answer.Bounds.Worst)
                            )
                                return $"{answer.Provision} at {threshold}, {match}: {answer.Verdict}, not within {answer.Bounds.Best} and {answer.Bounds.Worst}";
                        }
                    }
                }

                return null;
            }
        );

    // verdicts.md 3.2
    [Fact]
    public void A_stricter_lens_never_adds_a_fact() =>
        Trial.Run(
            1_000,
            (entries, question, _) =>
            {
                var book = RandomQuestion.Book(entries);
                Dictionary<string, List<Guid>> Violations(Level threshold, Certainty match) =>
                    Judge
                        .Status(
                            book,
                            question with
                            {
                                Lens = question.Lens with { Threshold = threshold, Match = match },
                            }
                        )
                        .Verdicts.Where(v =>
                            v.Kind == "forbid"
                            && v.Reason != Reason.NoLine
                            && !book.Reading(question).Provision(v.Provision)!.DependsOn.Any()
                        )
                        .ToDictionary(
                            v => v.Provision,
                            v => v.Instances[0].Violations!.Value.Select(violation => violation.Entry).ToList()
                        );
                var all = Violations(Level.Alleged, Certainty.Possible);
                foreach (
                    var (looser, stricter) in new[]
                    {
                        (all, Violations(Level.Alleged, Certainty.Certain)),
                        (all, Violations(Level.Corroborated, Certainty.Possible)),
                        (
                            Violations(Level.Corroborated, Certainty.Certain),
                            Violations(Level.Confirmed, Certainty.Certain)
                        ),
                    }
                )
                {
                    foreach (var (provision, entriesOf) in stricter)
                    {
                        if (entriesOf.Except(looser[provision]).Any())
                            return $"{provision} has violations under the stricter lens that it has not under the looser one";
                    }
                }

                return null;
            }
        );

    // verdicts.md 15.5
    [Fact]
    public void More_facts_for_a_duty_never_worsen_it_and_more_against_it_never_better_it() =>
        Trial.Run(
            2_500,
            (entries, question, dice) =>
            {
                var known = entries.Take((int)question.KnownAt).ToImmutableArray();
                var more = known.Add(
                    new Entry(
                        known.Length + 1,
                        Calendar.RecordedAt(known.Length + 1),
                        new ReportFiled { EntryId = dice.Id(), Report = new RandomLedger(dice).Report() }
                    )
                );
                var (before, book) = (Judge.Status(RandomQuestion.Book(known), question), RandomQuestion.Book(more));
                var after = Judge.Status(book, question with { KnownAt = more.Length });
                foreach (var (old, now) in before.Verdicts.Zip(after.Verdicts))
                {
                    var provision = book.Reading(question).Provision(old.Provision)!;
                    if (provision.DependsOn.Any())
                        continue;
                    var change = Badness(now.Verdict) - Badness(old.Verdict);
                    var wrong = provision.Rule switch
                    {
                        Rule.Forbid => change < 0,
                        Rule.Recur or Rule.Periodic or Rule.Achieve { Trigger: null } => change > 0,
                        _ => false,
                    };
                    if (wrong)
                        return $"{old.Provision} ({old.Kind}) went from {old.Verdict} to {now.Verdict} with one more report";
                }

                return null;
            }
        );

    // verdicts.md 13.2
    [Fact]
    public void A_timeline_says_at_the_end_what_the_verdict_says() =>
        Trial.Run(
            1_500,
            (entries, question, _) =>
            {
                var (book, asOf) = (RandomQuestion.Book(entries), Calendar.Every(entries.Length)[^1]);
                foreach (var answer in Judge.Status(book, question with { AsOf = asOf }).Verdicts)
                {
                    var last = Judge
                        .Timeline(book, answer.Provision, question.KnownAt, question.Lens)!
                        .Intervals.Single(i => !(i.From > asOf) && !(i.Until <= asOf));
                    if (
                        (last.Life, last.Verdict, last.Reason, last.Reading)
                        != (answer.Life, answer.Verdict, answer.Reason, answer.Reading)
                    )
                        return $"{answer.Provision}: {answer.Life} {answer.Verdict} {answer.Reason}, but the timeline ends with {last.Life} {last.Verdict} {last.Reason}";
                }

                return null;
            }
        );

    // verdicts.md 12.8
    [Fact]
    public void Every_deciding_entry_matters_and_was_known() =>
        Trial.Run(
            2_500,
            (entries, question, _) =>
            {
                var book = RandomQuestion.Book(entries);
                foreach (var answer in Judge.Status(book, question).Verdicts.Where(a => a.DecidedBy.Length > 0))
                {
                    if (
                        answer
                            .DecidedBy.Concat(answer.Bounds.SeparatedBy)
                            .FirstOrDefault(d => d.Position > question.KnownAt || d.At > question.AsOf) is
                        { } unknown
                    )
                        return $"{answer.Provision} cites {unknown}";
                    var without = question with
                    {
                        Lens = question.Lens with
                        {
                            Without = question.Lens.Without.AddRange(answer.DecidedBy.Select(d => d.Entry)),
                        },
                    };
                    if (
                        Judge.Verdict(book, answer.Provision, without) is { } other
                        && Describe(other) == Describe(answer)
                    )
                        return $"{answer.Provision} is decided by nothing that matters: {Describe(answer)}";
                }

                return null;
            }
        );

    // verdicts.md 14.2
    [Fact]
    public void Why_names_every_power_without_which_the_answer_would_be_another() =>
        Trial.Run(
            1_500,
            (entries, question, _) =>
            {
                var book = RandomQuestion.Book(entries);
                var powers = entries.Where(e => e.Event is PowerExercised power && power.Effective <= question.AsOf);
                foreach (var answer in Judge.Status(book, question).Verdicts)
                {
                    var named = Why.Explain(book, answer.Provision, question)!.Entries.Select(e => e.Entry).ToHashSet();
                    foreach (var power in powers.Where(power => !named.Contains(power.Id)))
                    {
                        var lens = question.Lens with { Without = question.Lens.Without.Add(power.Id) };
                        if (
                            Judge.Verdict(book, answer.Provision, question with { Lens = lens }) is not { } without
                            || (without.Life, without.Verdict, without.Since)
                                != (answer.Life, answer.Verdict, answer.Since)
                        )
                            return $"{answer.Provision} would be another without entry {power.Position}, which why does not name";
                    }
                }

                return null;
            }
        );

    // verdicts.md 12.13
    [Fact]
    public void Without_all_that_separates_the_bounds_they_are_the_same() =>
        Trial.Run(
            2_500,
            (entries, question, _) =>
            {
                var book = RandomQuestion.Book(entries);
                foreach (var answer in Judge.Status(book, question).Verdicts)
                {
                    var bounds = answer.Bounds;
                    if (bounds.Settled != bounds.SeparatedBy.IsEmpty)
                        return $"{answer.Provision}: {bounds.Best} to {bounds.Worst}, separated by {bounds.SeparatedBy.Length}";
                    if (bounds.Settled || bounds.SeparatedByOmitted is not null)
                        continue;
                    var without = Judge.Verdict(book, answer.Provision, Without(question, bounds.SeparatedBy));
                    if (without is { Bounds.Settled: false } other)
                        return $"{answer.Provision} ({answer.Kind}): {bounds.Best} to {bounds.Worst}, without what separates them {other.Bounds.Best} to {other.Bounds.Worst}";
                }

                return null;
            }
        );

    // verdicts.md 12.14
    [Fact]
    public void Each_fact_that_separates_the_bounds_would_do_so_alone_where_one_is_enough() =>
        Trial.Run(
            2_500,
            (entries, question, _) =>
            {
                var book = RandomQuestion.Book(entries);
                foreach (var answer in Judge.Status(book, question).Verdicts)
                {
                    var provision = book.Reading(question).Provision(answer.Provision)!;
                    var oneIsEnough =
                        !provision.DependsOn.Any()
                        && provision.Rule
                            is Rule.Forbid
                                or Rule.Recur
                                or Rule.Maintain { Required: Presence.Absent }
                                or Rule.Achieve { Trigger: null, Total: null };
                    if (!oneIsEnough || answer.Bounds.SeparatedByOmitted is not null)
                        continue;
                    foreach (var alone in answer.Bounds.SeparatedBy.Where(d => d.Role != Role.Leaves))
                    {
                        // The reports of one incident stand or fall together.
                        var others = answer.Bounds.SeparatedBy.Where(d =>
                            (d.At, d.Subject) != (alone.At, alone.Subject)
                        );
                        if (Judge.Verdict(book, answer.Provision, Without(question, others))!.Bounds.Settled)
                            return $"{answer.Provision} ({answer.Kind}) is named with entry {alone.Position} ({alone.At} {alone.Subject}), which alone separates nothing, among {string.Join(", ", answer.Bounds.SeparatedBy.Select(d => $"{d.Position} {d.Role} {d.At} {d.Subject}"))}";
                    }
                }

                return null;
            }
        );

    [Fact]
    public void A_book_that_was_asked_all_along_answers_like_a_new_one() =>
        Trial.Run(
            1_500,
            (entries, question, dice) =>
            {
                // Asking makes tables, which from then on follow the stream; a new book makes them from all of it.
                var kept = new Book();
                foreach (var entry in entries)
                {
                    kept.Append(entry);
                    var asked = question with { KnownAt = Math.Min(kept.Position, question.KnownAt) };
                    if (kept.Objection(asked) is null && dice.Chance(40))
                        Judge.Status(kept, asked);
                }

                return Difference(
                    Json(Judge.Status(RandomQuestion.Book(entries), question)),
                    Json(Judge.Status(kept, question))
                );
            }
        );

    // verdicts.md 15.6
    [Fact]
    public void A_replay_of_the_written_lines_says_the_same() =>
        Trial.Run(
            500,
            (entries, question, _) =>
            {
                var asked = question with { Lens = question.Lens with { Suppose = [] } };
                var lines = entries.Select(e =>
                    JsonSerializer.Serialize(
                        new
                        {
                            type = e.Type,
                            recordedAt = e.RecordedAt,
                            data = LedgerJson.DataOf(e.Event),
                        },
                        LedgerJson.Options
                    )
                );
                var json = ((AgreementAdopted)entries[0].Event).File;
                var replayed = Replay
                    .Load(new AgreementFile(AgreementFile.Read(json).Required(), json, new string('0', 64)), lines)
                    .Required();
                return Difference(
                    Json(Judge.Status(RandomQuestion.Book(entries), asked)),
                    Json(Judge.Status(replayed, asked))
                );
            }
        );

    private static Question Without(Question question, IEnumerable<Deciding> entries) =>
        question with
        {
            Lens = question.Lens with { Without = question.Lens.Without.AddRange(entries.Select(d => d.Entry)) },
        };

    /// <summary>Badness as the law counts it: holding and fulfilled alike.</summary>
    private static int Badness(Verdict verdict) => Math.Max((int)verdict, (int)Verdict.Holding);

    private static string Json(StatusAnswer answer) => JsonSerializer.Serialize(answer, LedgerJson.Options);

    private static string? Difference(string one, string other)
    {
        if (one == other)
            return null;
        var (ones, others) = (one.Split('\n'), other.Split('\n'));
        var i = ones.Zip(others).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{ones.ElementAtOrDefault(i)}\n{others.ElementAtOrDefault(i)}";
    }

    /// <summary>What an answer says, apart from what pins it and from positions.</summary>
    private static string Ask(ImmutableArray<Entry> entries, Question question) =>
        string.Join(
            '\n',
            Judge
                .Status(RandomQuestion.Book(entries), question)
                .Verdicts.Select(v => $"{v.Provision} {Describe(v)} {Ids(v.DecidedBy)} {Ids(v.Bounds.SeparatedBy)}")
        );

    private static string Describe(VerdictAnswer v) =>
        $"{Slow.SlowAnswer.Of(v)} {string.Join(' ', v.Instances.Select(i => i.TriggeredAt))} {v.Reason} {v.Since} {v.Deadline} {v.FulfilledAt} {v.LateAt} {v.CuredAt} {v.Counts} {v.Progress}";

    private static string Ids(IEnumerable<Deciding> entries) =>
        string.Join(' ', entries.Select(d => $"{d.Entry}{d.Role}{d.Level}").Order(StringComparer.Ordinal));

    /// <summary>
    /// Another order of arrival. Kept are references, the order of all that is said about the reports of one incident,
    /// and the order of what is no report: there the later entry has the last word.
    /// </summary>
    private static ImmutableArray<Entry> Shuffled(ImmutableArray<Entry> entries, Dice dice)
    {
        var incident = entries.ToDictionary(e => e.Id, e => e.Id);
        Guid Of(Guid id) => incident[id] == id ? id : Of(incident[id]);
        foreach (var link in entries.Select(e => e.Event).OfType<ReportsLinked>())
        {
            foreach (var report in link.Reports)
                incident[Of(report)] = Of(link.Reports[0]);
        }

        string Lane(Entry entry) =>
            entry.Event switch
            {
                ReportFiled => $"incident {Of(entry.Id)}",
                ReportCorrected e => $"incident {Of(e.Target)}",
                ReportAssessed e => $"incident {Of(e.Target)}",
                ReportsLinked e => $"incident {Of(e.Reports[0])}",
                EntryRetracted
                or CoverageRecorded
                or PartyResponded
                or EvidenceAttached
                or AssessmentProposed
                or ReportSentBack
                or QuestionAnswered => $"free {entry.Id}",
                _ => "others",
            };
        var waiting = entries.ToList();
        var order = new List<Entry>();
        while (waiting.Count > 0)
        {
            var ready = waiting
                .Where(e =>
                    waiting.First(w => Lane(w) == Lane(e)) == e
                    && Domain.Decisions.EntryDecider.References(e.Event).All(r => order.Exists(o => o.Id == r))
                )
                .ToList();
            var next = order.Count == 0 ? entries[0] : dice.In(ready);
            order.Add(next);
            waiting.Remove(next);
        }

        return Trial.Renumber(order);
    }
}
