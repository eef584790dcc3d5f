using System.Text.RegularExpressions;

namespace Ledger.Architecture.Tests;

/// <summary>A way through the code in one direction: each step mentions only steps below it.</summary>
/// <param name="root">The folder in which the places are.</param>
/// <param name="steps">
/// From the bottom to the top: the file or folder of a step, and the names by which others mention it.
/// </param>
internal sealed class Walk(string root, params (string Place, string[] Names)[] steps)
{
    /// <summary>Mentions of a step in the code of a step below it.</summary>
    public IEnumerable<string> StepsBack() =>
        from lower in Enumerable.Range(0, steps.Length)
        from file in FilesOf(steps[lower].Place)
        let code = CodeOf(File.ReadAllText(file))
        from higher in steps.Skip(lower + 1)
        from name in higher.Names
        where Mentions(code, name)
        select $"{Path.GetRelativePath(root, file)} mentions {name}";

    /// <summary>Names that no file of their step declares, so that they would hold nothing.</summary>
    public IEnumerable<string> NamesOfNothing() =>
        from step in steps
        from name in step.Names
        where !FilesOf(step.Place).Any(file => Declares(File.ReadAllText(file), name))
        select name;

    /// <summary>The names among these steps that a file mentions.</summary>
    /// <param name="file">Relative to the root, or absolute.</param>
    /// <param name="fromStep">Steps below this one may be mentioned.</param>
    public IEnumerable<string> MentionedBy(string file, int fromStep = 0) =>
        steps
            .Skip(fromStep)
            .SelectMany(step => step.Names)
            .Where(name => Mentions(CodeOf(File.ReadAllText(Path.Combine(root, file))), name));

    /// <summary>Without the lines that are comments.</summary>
    public static string CodeOf(string text) =>
        string.Join('\n', text.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    private IEnumerable<string> FilesOf(string place) =>
        place.EndsWith(".cs", StringComparison.Ordinal)
            ? [Path.Combine(root, place)]
            : Directory.EnumerateFiles(Path.Combine(root, place), "*.cs");

    private static bool Mentions(string code, string name) =>
        Regex.IsMatch(code, $@"(?<![\w.]){name}\b(?!\s*=>)", RegexOptions.None, TimeSpan.FromSeconds(2));

    private static bool Declares(string text, string name) =>
        Regex.IsMatch(text, $@"(class|record|interface|struct) {name}\b", RegexOptions.None, TimeSpan.FromSeconds(2));
}
