using System.Text.RegularExpressions;

namespace Ledger.Local;

/// <summary>The counts of a test run, read from the runner's own summary.</summary>
public sealed partial record TestSummary(int Passed, int Failed, int Skipped)
{
    /// <summary>The lines in which the runner names a test that failed, in its order.</summary>
    public IReadOnlyList<string> FailedTests { get; private init; } = [];

    /// <param name="lines">What the runner printed.</param>
    /// <param name="exitCode">A run that broke off has an exit code and perhaps no count: it counts as one failure,
    /// never as none.</param>
    public static TestSummary Read(IReadOnlyCollection<string> lines, int exitCode)
    {
        var counts = lines
            .SkipWhile(line => !line.StartsWith("Test run summary:", StringComparison.Ordinal))
            .Select(line => Count().Match(line))
            .Where(match => match.Success)
            .GroupBy(match => match.Groups["what"].Value, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => int.Parse(group.First().Groups["count"].Value),
                StringComparer.Ordinal
            );
        var failed = counts.GetValueOrDefault("failed") + counts.GetValueOrDefault("error");
        return new(
            counts.GetValueOrDefault("succeeded"),
            exitCode != 0 ? Math.Max(failed, 1) : failed,
            counts.GetValueOrDefault("skipped")
        )
        {
            FailedTests = [.. lines.Where(line => line.StartsWith("failed ", StringComparison.Ordinal))],
        };
    }

    public static TestSummary operator +(TestSummary one, TestSummary other) =>
        new(one.Passed + other.Passed, one.Failed + other.Failed, one.Skipped + other.Skipped)
        {
            FailedTests = [.. one.FailedTests, .. other.FailedTests],
        };

    public override string ToString() =>
        $"{Passed} passed, {Failed} failed{(Skipped > 0 ? $", {Skipped} skipped" : "")}";

    [GeneratedRegex(
        "^ +(?<what>succeeded|failed|skipped|error): (?<count>[0-9]{1,9})$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Count();
}
