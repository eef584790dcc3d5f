using Ledger.Domain.Input;

namespace Ledger.Cli.InputFiles;

/// <summary>
/// Writes problems as compilers do, so that editors find the place: <c>file:line:column code message</c>, the line, and
/// a caret.
/// </summary>
public static class SourceProblems
{
    private const int LongestExcerpt = 120;

    public static void Write(TextWriter to, string name, string text, IEnumerable<Problem> problems)
    {
        var lines = text.Split('\n');
        foreach (var problem in problems.OrderBy(p => p.Line ?? 0).ThenBy(p => p.Column ?? 0))
        {
            to.WriteLine($"{name}:{problem.Line ?? 1}:{problem.Column ?? 1} {problem.Code} {problem.Message}");
            if (problem.Line is { } line && line <= lines.Length)
                Excerpt(to, lines[line - 1].TrimEnd('\r'), problem.Column ?? 1);
        }
    }

    private static void Excerpt(TextWriter to, string line, int column)
    {
        // A long line is shown around the place, not from its beginning.
        var from = column > LongestExcerpt ? column - (LongestExcerpt / 2) : 0;
        var shown = line[Math.Min(from, line.Length)..Math.Min(from + LongestExcerpt, line.Length)];
        if (shown.Trim().Length == 0)
            return;
        var before = shown[..Math.Min(column - 1 - from, shown.Length)];
        to.WriteLine($"    {shown}");
        to.WriteLine(
            $"    {string.Concat(before.Select(c => c == '\t' ? "\t" : new string(' ', Spectre.Console.CharExtensions.GetCellWidth(c))))}^"
        );
    }
}
