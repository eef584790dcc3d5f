using System.Text.RegularExpressions;

namespace Ledger.Architecture.Tests;

/// <summary>The walk of one verdict has no step back: each part of the engine mentions only parts below it.</summary>
public sealed class TheEngine
{
    /// <summary>From the bottom to the top: where a part stands, and by which names others mention it.</summary>
    private static readonly (string Place, string[] Names)[] Parts =
    [
        ("Matching", ["Matcher", "ZonesInForce", "Parties"]),
        ("Facts", ["FactLog", "FactTable", "PatternIndex", "LensDelta", "VisibleEntries"]),
        (
            "Rules",
            [
                "IRuleEvaluator",
                "RuleKinds",
                "RuleContext",
                "AchieveRule",
                "ForbidRule",
                "MaintainRule",
                "RecurRule",
                "JudgedRule",
                "Outcome",
                "DutyTimeline",
            ]
        ),
        ("Evaluation.cs", ["Evaluation"]),
        ("AnswerBuilder.cs", ["AnswerBuilder"]),
        ("Judge.cs", ["Judge"]),
        ("Why.cs", ["Why"]),
    ];

    private static readonly string Root = Path.Combine(Repository.Root, "src", "Ledger.Verdicts");

    [Fact]
    public void Has_no_step_back()
    {
        var back =
            from lower in Enumerable.Range(0, Parts.Length)
            from file in FilesOf(Parts[lower].Place)
            from higher in Enumerable.Range(lower + 1, Parts.Length - lower - 1)
            from name in Parts[higher].Names
            where Mentions(File.ReadAllText(file), name)
            select $"{Path.GetRelativePath(Root, file)} mentions {name}";

        back.Should().BeEmpty();
    }

    [Fact]
    public void Is_not_known_to_the_book_beyond_facts()
    {
        var book = File.ReadAllText(Path.Combine(Root, "Book.cs"));

        Parts.Skip(2).SelectMany(part => part.Names).Where(name => Mentions(book, name)).Should().BeEmpty();
    }

    [Fact]
    public void Has_every_name_of_this_test() =>
        Parts
            .SelectMany(part =>
                part.Names.Where(name => !FilesOf(part.Place).Any(file => Declares(File.ReadAllText(file), name)))
            )
            .Should()
            .BeEmpty("a name that stands nowhere holds nothing");

    [Fact]
    public void Tells_the_kinds_of_rules_apart_in_one_place()
    {
        string[] readers = ["RuleKinds.cs", "ProvisionReader.cs", "DeadRules.cs"];
        var elsewhere =
            from file in Repository.SourceFiles("src")
            where !readers.Contains(Path.GetFileName(file))
            from Match match in Regex.Matches(
                CodeOf(File.ReadAllText(file)),
                @"(?<![\w.])Rule\.(?<kind>Achieve|Forbid|Maintain|Recur|Judged)\b",
                RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(2)
            )
            let kind = match.Groups["kind"].Value
            where Path.GetFileName(file) != $"{kind}Rule.cs"
            select $"{Path.GetFileName(file)}: {match.Value}";

        elsewhere.Should().BeEmpty();
    }

    private static IEnumerable<string> FilesOf(string place) =>
        place.EndsWith(".cs", StringComparison.Ordinal)
            ? [Path.Combine(Root, place)]
            : Directory.EnumerateFiles(Path.Combine(Root, place), "*.cs");

    private static bool Mentions(string text, string name) =>
        Regex.IsMatch(CodeOf(text), $@"(?<![\w.]){name}\b(?!\s*=>)", RegexOptions.None, TimeSpan.FromSeconds(2));

    private static bool Declares(string text, string name) =>
        Regex.IsMatch(text, $@"(class|record|interface|struct) {name}\b", RegexOptions.None, TimeSpan.FromSeconds(2));

    private static string CodeOf(string text) =>
        string.Join('\n', text.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));
}
