using Ledger.Cli.Terminals;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Cli.Sentences;

/// <summary>A verdict in short, for answers that set several side by side.</summary>
public static class StandingText
{
    private const int WordColumn = 10;

    /// <param name="standing">Null where the reading holds no such provision.</param>
    public static IEnumerable<Ink> Of(Standing? standing, Marks marks, DateTimeZone zone) =>
        standing is null
            ? ["not in this reading"]
            :
            [
                VerdictWord.Of(standing.Life, standing.Verdict, marks, WordColumn),
                new Ink(string.Join($" {marks.Dot} ", Facts(standing, zone)), Styles.Faint),
            ];

    /// <summary>The two of a change. Where they are of different readings, that is told with each.</summary>
    public static (IEnumerable<Ink> Was, IEnumerable<Ink> Is) Both(
        Standing? was,
        Standing? becomes,
        Marks marks,
        DateTimeZone zone
    )
    {
        var readings = was is not null && becomes is not null && was.Reading != becomes.Reading;
        return (["was ", .. One(was)], ["is  ", .. One(becomes)]);

        IEnumerable<Ink> One(Standing? standing) =>
            readings
                ? [.. Of(standing, marks, zone), new Ink($" {marks.Dot} reading {standing!.Reading}", Styles.Faint)]
                : Of(standing, marks, zone);
    }

    private static IEnumerable<string> Facts(Standing standing, DateTimeZone zone)
    {
        if (standing.Life is not Life.InForce and not Life.NotYetInForce)
            yield return Words.Of(standing.Life).Replace('-', ' ');
        yield return standing.Counts is { } counts && standing.Verdict == Verdict.Breached
            ? $"{Counted.Of(counts.Violations, "violation")}, last {Times.From(counts.Last, zone)}"
            : Reasons.Word(standing.Reason);
        if (standing.Since is { } since)
            yield return $"since {Times.From(since, zone)}";
        if (standing.LateAt is { } late)
            yield return $"done late, {Times.From(late, zone)}";
        if (standing.Progress is { } progress)
            yield return $"{progress.Quantity} {progress.Reached} of {progress.AtLeast}";
        if (standing.Best != standing.Worst)
            yield return $"contested: best {Words.Of(standing.Best)}, worst {Words.Of(standing.Worst)}";
    }
}
