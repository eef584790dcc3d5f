using System.Collections.Immutable;
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
        var changes = Changes(before, after, from, to).ToList();
        var (old, now) = (ReportsOf(before, from), ReportsOf(after, to));
        var (citedBefore, citedAfter) = (new Citations(before), new Citations(after));
        return new DiffAnswer
        {
            Agreement = after.Reading.Id,
            From = PointOf(before, from),
            To = PointOf(after, to),
            Provisions = [.. changes.Where(change => change.Before != change.After)],
            Unchanged = [.. changes.Where(change => change.Before == change.After).Select(change => change.Provision)],
            Added = [.. now.Where(r => !old.ContainsKey(r.Key)).Select(r => citedAfter.Of(r.Key))],
            Corrected = [.. now.Where(r => old.TryGetValue(r.Key, out var was) && was.ContentFrom != r.Value.ContentFrom).Select(r => citedAfter.Of(r.Key))],
            Reassessed = [.. now.Where(r => old.TryGetValue(r.Key, out var was) && was.Level != r.Value.Level).Select(r => citedAfter.Of(r.Key))],
            Removed = [.. old.Where(r => !now.ContainsKey(r.Key)).Select(r => citedBefore.Of(r.Key))],
        };
    }

    internal static Point PointOf(Hearing hearing, Question question) => new(question.AsOf, question.KnownAt, Ruling.LensOf(hearing, question.Lens));

    private static IEnumerable<ProvisionChange> Changes(Hearing before, Hearing after, Question from, Question to)
    {
        foreach (var provision in before.Reading.Provisions)
        {
            var other = after.Reading.Provision(provision.Id);
            yield return new ProvisionChange(
                provision.Id,
                (other ?? provision).Title.ByLanguage,
                Standing.Of(Ruling.VerdictOf(before, provision, from)),
                other is null ? null : Standing.Of(Ruling.VerdictOf(after, other, to)));
        }

        foreach (var provision in after.Reading.Provisions.Where(p => before.Reading.Provision(p.Id) is null))
            yield return new ProvisionChange(provision.Id, provision.Title.ByLanguage, null, Standing.Of(Ruling.VerdictOf(after, provision, to)));
    }

    /// <summary>The reports of all facts that have happened by then, by the id of their filing.</summary>
    private static SortedDictionary<Guid, ReportState> ReportsOf(Hearing hearing, Question question)
    {
        var reports = new SortedDictionary<Guid, ReportState>();
        foreach (var report in hearing.Facts.Where(fact => fact.Start <= Ticks.Of(question.AsOf)).SelectMany(fact => fact.Reports))
            reports[report.Filing.Id] = report;
        return reports;
    }
}
