using Ledger.Cli.Terminals;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Cli.Sentences;

/// <summary>A verdict in short, for answers that set several side by side.</summary>
public static class StandingText
{
    private const int WordColumn = 10;

    /// <param name="standing">Null where the reading holds no such provision.</param>
    public static IEnumerable<StyledText> Of(Standing? standing, Symbols symbols, DateTimeZone zone) =>
        standing is null
            ? ["not in this reading"]
            :
            [
                VerdictWord.Of(standing.Life, standing.Verdict, symbols, WordColumn),
                new StyledText(string.Join($" {symbols.Dot} ", Facts(standing, zone)), Styles.Faint),
            ];

    /// <summary>The two of a change. Where they are of different readings, that is told with each.</summary>
    public static (IEnumerable<StyledText> Was, IEnumerable<StyledText> Is) Both(
        Standing? was,
        Standing? becomes,
        Symbols symbols,
        DateTimeZone zone
    )
    {
        var readings = was is not null && becomes is not null && was.Reading != becomes.Reading;
        return (["was ", .. One(was)], ["is  ", .. One(becomes)]);

        IEnumerable<StyledText> One(Standing? standing) =>
            readings
                ?
                [
                    .. Of(standing, symbols, zone),
                    new StyledText($" {symbols.Dot} reading {standing!.Reading}", Styles.Faint),
                ]
                : Of(standing, symbols, zone);
    }

    private static IEnumerable<string> Facts(Standing standing, DateTimeZone zone)
    {
        if (standing.Life is not Life.InForce and not Life.NotYetInForce)
            yield return Words.Of(standing.Life).Replace('-', ' ');
        yield return standing.Counts is { } counts && standing.Verdict == Verdict.Breached
            ? $"{Plural.Of(counts.Violations, "violation")}, last {Times.From(counts.Last, zone)}"
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
