using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Explaining;

namespace Ledger.Verdicts.Analyses;

/// <summary>Finds the minimal sets of one or two reports whose retraction would change the verdict.</summary>
public static class Flips
{
    /// <summary>
    /// Above this many reports only the deciding ones are tried in pairs: pairs grow with the square.
    /// </summary>
    private const int MostInPairs = 60;

    /// <summary>Of more reports than this only the latest are tried one by one; the deciding ones always are.</summary>
    private const int MostTried = 2_000;

    /// <summary>Null when the reading holds no provision of that id.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public static FlipsAnswer? Of(
        Book book,
        string provisionId,
        Question question,
        CancellationToken cancellationToken = default
    )
    {
        var evaluation = Evaluation.Of(book, question);
        if (evaluation.Reading.Provision(provisionId) is not { } provision)
            return null;
        var answer = AnswerBuilder.VerdictOf(evaluation, provision, question);
        var (now, citations) = (Standing.Of(answer), new Citations(evaluation));
        var deciding = answer.DecidedBy.Select(d => d.Entry).ToHashSet();
        var candidates = Candidates(evaluation, provision, Ticks.Of(question.AsOf)).ToList();
        var tried = candidates.Where((report, at) => at >= candidates.Count - MostTried || deciding.Contains(report));

        var sets = new List<Flip>();
        var rest = new List<Guid>();
        foreach (var report in tried)
        {
            if (Without(report) is { } flip)
                sets.Add(flip);
            else
                rest.Add(report);
        }

        var complete = candidates.Count <= MostTried && rest.Count <= MostInPairs;
        var paired = complete ? rest : rest.FindAll(deciding.Contains).Take(MostInPairs).ToList();
        for (var i = 0; i < paired.Count; i++)
        {
            for (var j = i + 1; j < paired.Count; j++)
            {
                if (Without(paired[i], paired[j]) is { } flip)
                    sets.Add(flip);
            }
        }

        return new FlipsAnswer
        {
            Agreement = evaluation.Reading.Id,
            Provision = provisionId,
            At = Diff.PointOf(evaluation, question),
            Standing = now,
            Sets = [.. sets],
            Complete = complete,
        };

        Flip? Without(params ImmutableArray<Guid> reports)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var asked = question with
            {
                Lens = question.Lens with { Without = [.. question.Lens.Without, .. reports] },
            };
            var other = Evaluation.Of(book, asked);
            var left = other.Reading.Provision(provisionId);
            // Most reports flip nothing, and the verdict alone says so in far less time.
            if (left is not null && other.Now(left, other.House, Ticks.Of(question.AsOf)) == now.Verdict)
                return null;
            return new Flip(
                [.. reports.Select(citations.Of)],
                left is null ? null : AnswerBuilder.StandingOf(other, left, asked)
            );
        }
    }

    /// <summary>Reports of every fact that may play a part in the provision, or in one that activates it.</summary>
    private static IEnumerable<Guid> Candidates(Evaluation evaluation, Provision provision, long asOf)
    {
        var filings = new HashSet<Domain.Entries.Entry>();
        foreach (var pattern in evaluation.PatternsOf(provision))
            filings.UnionWith(
                evaluation.Rows(pattern).All(asOf).SelectMany(row => row.Fact.Reports).Select(report => report.Filing)
            );
        return filings.OrderBy(filing => filing.Position).Select(filing => filing.Id);
    }
}
