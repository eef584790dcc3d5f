using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Time;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Tests.Random;
using NodaTime;

namespace Ledger.Verdicts.Tests;

/// <summary>
/// A replay's two long answers are short ones after each other: each is held against the question that it saves, on
/// random ledgers.
/// </summary>
public sealed class WhatWasKnownWhen
{
    private const int Days = 12;

    [Theory]
    [InlineData(KnownBy.Said)]
    [InlineData(KnownBy.Recorded)]
    public void A_day_stands_as_if_it_had_been_asked_at_its_end(KnownBy by) =>
        Trial.Run(
            300,
            (entries, question, _) =>
            {
                var book = RandomQuestion.Book(entries);
                var zone = book.AgreementAt(question.KnownAt)!.TimeZone;
                // Random ledgers are recorded within one day, long after what they are about.
                var last = by == KnownBy.Said ? question.AsOf.InZone(zone).Date : Calendar.Recording.InZone(zone).Date;
                var answer = KnownThen.Of(book, question, by, last.PlusDays(1 - Days), last);
                for (var day = last.PlusDays(1 - Days); day <= last; day = day.PlusDays(1))
                {
                    var at = zone.StartOf(day.PlusDays(1)) - Instants.Microsecond;
                    var then = Then(book, question, by, at) with { AsOf = at };
                    var asked =
                        then.KnownAt == 0 || book.Objection(then) is not null
                            ? []
                            : Judge
                                .Status(book, then)
                                .Verdicts.Select(verdict => $"{verdict.Provision} {verdict.Verdict} {verdict.Reason}")
                                .Order(StringComparer.Ordinal)
                                .ToList();
                    var told = answer
                        .Provisions.SelectMany(provision =>
                            provision
                                .Intervals.Where(interval => !(interval.From > at) && !(interval.Until <= at))
                                .Select(interval => $"{provision.Provision} {interval.Verdict} {interval.Reason}")
                        )
                        .Order(StringComparer.Ordinal)
                        .ToList();
                    if (!asked.SequenceEqual(told, StringComparer.Ordinal))
                        return $"{day}: asked {string.Join(", ", asked)}; told {string.Join(", ", told)}";
                }

                return null;
            }
        );

    [Theory]
    [InlineData(KnownBy.Said)]
    [InlineData(KnownBy.Recorded)]
    public void The_versions_of_incidents_that_are_current_are_those_that_would_be_listed(KnownBy by) =>
        Trial.Run(
            600,
            (entries, drawn, dice) =>
            {
                var book = RandomQuestion.Book(entries);
                var question = drawn with { Lens = drawn.Lens with { Suppose = [] } };
                var entry = dice.In(entries.Take((int)question.KnownAt).ToImmutableArray());
                var at = by == KnownBy.Said ? entry.SaidAt : entry.RecordedAt;
                var then = Then(book, question, by, at);
                if (then.KnownAt == 0 || book.Objection(then) is not null)
                    return null;
                // How many sources corroborate is read from the version that is known at the question, for all its
                // versions of incidents alike.
                var alike =
                    book.Reading(then).Evidence.CorroboratedBy == book.Reading(question).Evidence.CorroboratedBy
                    && Bound(book.Reading(then)) == Bound(book.Reading(question));
                var listed = IncidentList
                    .At(book, then)
                    .Select(incident => Words(incident, alike))
                    .Order(StringComparer.Ordinal)
                    .ToList();
                var current = IncidentList
                    .Versions(book, question, by)
                    .Where(version => version.Since <= at && !(version.Before <= at))
                    .Select(incident => Words(incident, alike))
                    .Order(StringComparer.Ordinal)
                    .ToList();
                return listed.SequenceEqual(current, StringComparer.Ordinal)
                    ? null
                    : $"listed {string.Join(", ", listed)}; current {string.Join(", ", current)}";
            }
        );

    private static string Bound(Domain.Agreements.Agreement reading) =>
        string.Join(';', reading.Parties.Select(party => $"{party.Id} {string.Join(' ', party.BoundBy)}"));

    [Fact]
    public void Incidents_say_which_provisions_they_violate_as_the_verdicts_do() =>
        Trial.Run(
            1_000,
            (entries, question, _) =>
            {
                var book = RandomQuestion.Book(entries);
                var judged = Judge
                    .Status(book, question)
                    .Verdicts.SelectMany(verdict =>
                        verdict
                            .Instances.SelectMany(instance => instance.Violations ?? [])
                            .Select(violation => $"{violation.Entry} {verdict.Provision}")
                    )
                    .Order(StringComparer.Ordinal)
                    .ToList();
                var told = IncidentList
                    .At(book, question)
                    .SelectMany(incident => incident.Violates.Select(provision => $"{incident.Report} {provision}"))
                    .Order(StringComparer.Ordinal)
                    .ToList();
                return judged.SequenceEqual(told, StringComparer.Ordinal)
                    ? null
                    : $"judged {string.Join(", ", judged)}; told {string.Join(", ", told)}";
            }
        );

    [Fact]
    public void A_verdict_in_short_is_the_whole_one_in_short() =>
        Trial.Run(
            2_000,
            (entries, question, _) =>
            {
                var book = RandomQuestion.Book(entries);
                return Judge
                    .Status(book, question)
                    .Verdicts.Select(verdict => verdict.Provision)
                    .Append("none")
                    .FirstOrDefault(provision =>
                        Judge.Standing(book, provision, question)
                        != (Judge.Verdict(book, provision, question) is { } whole ? Standing.Of(whole) : null)
                    );
            }
        );

    // verdicts.md 14.1
    [Fact]
    public void A_history_is_what_would_have_been_answered_at_each_position() =>
        Trial.Run(
            200,
            (entries, question, _) =>
            {
                var book = RandomQuestion.Book(entries);
                foreach (var provision in Judge.Status(book, question).Verdicts.Select(verdict => verdict.Provision))
                {
                    var told =
                        History
                            .Of(book, provision, question.AsOf, question.KnownAt, question.Lens)
                            ?.Steps.ToDictionary(step => step.Position, step => step.Standing)
                        ?? [];
                    Standing? last = null;
                    for (var position = 1L; position <= question.KnownAt; position++)
                    {
                        if (told.TryGetValue(position, out var turned))
                            last = turned;
                        var at = question with { KnownAt = position };
                        var asked =
                            book.Objection(at) is null && Judge.Verdict(book, provision, at) is { } whole
                                ? Standing.Of(whole)
                                : null;
                        if (Words(asked) != Words(last))
                            return $"{provision} at {position}: asked {Words(asked)}; told {Words(last)}";
                    }
                }

                return null;
            }
        );

    private static string? Words(Standing? standing) =>
        standing is null
            ? null
            : $"{standing.Reading} {standing.Life} {standing.Verdict} {standing.Reason} {standing.Since} {standing.FulfilledAt} {standing.LateAt} {standing.Best} {standing.Worst}";

    /// <summary>The question with what was known at an instant, and no more than it allows itself.</summary>
    private static Question Then(Book book, Question question, KnownBy by, Instant at) =>
        by == KnownBy.Said
            ? question with
            {
                Lens = question.Lens with { SaidBy = question.Lens.SaidBy is { } limit && limit < at ? limit : at },
            }
            : question with
            {
                KnownAt = Math.Min(question.KnownAt, book.PositionAt(at)),
            };

    private static string Words(IncidentStanding incident, bool withLevel) =>
        $"{string.Join("+", incident.Reports)} {incident.Kind} {incident.From}{(withLevel ? $" {incident.Level}" : "")}";
}
