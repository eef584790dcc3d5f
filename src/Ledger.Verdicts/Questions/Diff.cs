using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Explaining;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Questions;

/// <summary>What differs between two points of valid time, known time and lens.</summary>
public static class Diff
{
    public static DiffAnswer Between(Book book, Question from, Question to)
    {
        var (before, after) = (Hearing.Of(book, from), Hearing.Of(book, to));
        var (changed, unchanged) = Changes(before, after, from, to);
        var (old, now) = (ReportsOf(before, from), ReportsOf(after, to));
        var (citedBefore, citedAfter) = (new Citations(before), new Citations(after));
        return new DiffAnswer
        {
            Agreement = after.Reading.Id,
            From = PointOf(before, from),
            To = PointOf(after, to),
            Provisions = changed,
            Unchanged = unchanged,
            Added = [.. now.Where(r => !old.ContainsKey(r.Key)).Select(r => citedAfter.Of(r.Key))],
            Corrected =
            [
                .. now.Where(r => old.TryGetValue(r.Key, out var was) && was.ContentFrom != r.Value.ContentFrom)
                    .Select(r => citedAfter.Of(r.Key)),
            ],
            Reassessed =
            [
                .. now.Where(r => old.TryGetValue(r.Key, out var was) && was.Level != r.Value.Level)
                    .Select(r => citedAfter.Of(r.Key)),
            ],
            Removed = [.. old.Where(r => !now.ContainsKey(r.Key)).Select(r => citedBefore.Of(r.Key))],
        };
    }

    internal static Point PointOf(Hearing hearing, Question question) =>
        new(question.AsOf, question.KnownAt, Ruling.LensOf(hearing, question.Lens));

    private static (ImmutableArray<ProvisionChange> Changed, ImmutableArray<string> Unchanged) Changes(
        Hearing before,
        Hearing after,
        Question from,
        Question to
    )
    {
        var (changed, unchanged) = (
            ImmutableArray.CreateBuilder<ProvisionChange>(),
            ImmutableArray.CreateBuilder<string>()
        );
        var otherReading = before.Reading.Version != after.Reading.Version;
        foreach (
            var id in before
                .Reading.Provisions.Concat(after.Reading.Provisions)
                .Select(provision => provision.Id)
                .Distinct(StringComparer.Ordinal)
        )
        {
            var (was, becomes) = (Heard.Of(before, id, from), Heard.Of(after, id, to));
            if (AsRead(was) == AsRead(becomes))
                unchanged.Add(id);
            else
                changed.Add(
                    new ProvisionChange(
                        id,
                        (becomes ?? was)!.Provision.Title.ByLanguage,
                        was?.Standing,
                        becomes?.Standing
                    )
                    {
                        WhyBefore = was?.Why,
                        WhyAfter = becomes?.Why,
                        ClauseBefore = otherReading ? was?.Clause : null,
                        ClauseAfter = otherReading ? becomes?.Clause : null,
                    }
                );
        }

        return (changed.ToImmutable(), unchanged.ToImmutable());

        // By the name of another reading alone a provision does not stand otherwise.
        static Standing? AsRead(Heard? heard) => heard is null ? null : heard.Standing with { Reading = "" };
    }

    /// <summary>A provision at one of the two points.</summary>
    private sealed record Heard(Hearing Hearing, Provision Provision, VerdictAnswer Answer)
    {
        public Standing Standing { get; } = Standing.Of(Answer);

        public string Why => Conclusion.Of(Hearing, Provision, Answer);

        public Clause Clause => Clause.Of(Hearing.Reading, Provision);

        public static Heard? Of(Hearing hearing, string id, Question question) =>
            hearing.Reading.Provision(id) is { } provision
                ? new Heard(hearing, provision, Ruling.VerdictOf(hearing, provision, question))
                : null;
    }

    /// <summary>The reports of all facts that have happened by then, by the id of their filing.</summary>
    private static SortedDictionary<Guid, ReportState> ReportsOf(Hearing hearing, Question question)
    {
        var reports = new SortedDictionary<Guid, ReportState>();
        foreach (
            var report in hearing
                .Facts.Where(fact => fact.Start <= Ticks.Of(question.AsOf))
                .SelectMany(fact => fact.Reports)
        )
            reports[report.Filing.Id] = report;
        return reports;
    }
}
