using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Explaining;
using Ledger.Verdicts.Facts;

namespace Ledger.Verdicts.Analyses;

/// <summary>What differs between two points of valid time, known time and lens.</summary>
public static class Diff
{
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public static DiffAnswer Between(
        Book book,
        Question from,
        Question to,
        CancellationToken cancellationToken = default
    )
    {
        var (before, after) = (Evaluation.Of(book, from), Evaluation.Of(book, to));
        var (changed, unchanged) = Changes(before, after, from, to, cancellationToken);
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

    internal static Point PointOf(Evaluation evaluation, Question question) =>
        new(question.AsOf, question.KnownAt, AnswerBuilder.LensOf(evaluation, question.Lens));

    private static (ImmutableArray<ProvisionChange> Changed, ImmutableArray<string> Unchanged) Changes(
        Evaluation before,
        Evaluation after,
        Question from,
        Question to,
        CancellationToken cancellationToken
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
            cancellationToken.ThrowIfCancellationRequested();
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
    private sealed record Heard(Evaluation Evaluation, Provision Provision, VerdictAnswer Answer)
    {
        public Standing Standing { get; } = Standing.Of(Answer);

        public string Why => Conclusion.Of(Evaluation, Provision, Answer);

        public Clause Clause => Clause.Of(Evaluation.Reading, Provision);

        public static Heard? Of(Evaluation evaluation, string id, Question question) =>
            evaluation.Reading.Provision(id) is { } provision
                ? new Heard(evaluation, provision, AnswerBuilder.VerdictOf(evaluation, provision, question))
                : null;
    }

    /// <summary>The reports of all facts that have happened by then, by the id of their filing.</summary>
    private static SortedDictionary<Guid, ReportState> ReportsOf(Evaluation evaluation, Question question)
    {
        var reports = new SortedDictionary<Guid, ReportState>();
        foreach (
            var report in evaluation
                .Facts.Where(fact => fact.Start <= Ticks.Of(question.AsOf))
                .SelectMany(fact => fact.Reports)
        )
            reports[report.Filing.Id] = report;
        return reports;
    }
}
