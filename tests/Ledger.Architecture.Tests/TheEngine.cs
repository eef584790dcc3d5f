using System.Text.RegularExpressions;

namespace Ledger.Architecture.Tests;

/// <summary>The walk of one verdict has no step back: each part of the engine mentions only parts below it.</summary>
public sealed class TheEngine
{
    private static readonly string Root = Path.Combine(Repository.Root, "src", "Ledger.Verdicts");

    private static readonly Walk Parts = new(
        Root,
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
        ("Why.cs", ["Why"])
    );

    [Fact]
    public void Has_no_step_back() => Parts.StepsBack().Should().BeEmpty();

    [Fact]
    public void Is_not_known_to_the_book_beyond_facts() => Parts.MentionedBy("Book.cs", fromStep: 2).Should().BeEmpty();

    [Fact]
    public void Has_every_name_of_this_test() =>
        Parts.NamesOfNothing().Should().BeEmpty("a name that stands nowhere holds nothing");

    [Fact]
    public void Tells_the_kinds_of_rules_apart_in_one_place()
    {
        string[] readers = ["RuleKinds.cs", "ProvisionReader.cs", "DeadRules.cs"];
        var elsewhere =
            from file in Repository.SourceFiles("src")
            where !readers.Contains(Path.GetFileName(file))
            from Match match in Regex.Matches(
                Walk.CodeOf(File.ReadAllText(file)),
                @"(?<![\w.])Rule\.(?<kind>Achieve|Forbid|Maintain|Recur|Judged)\b",
                RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(2)
            )
            let kind = match.Groups["kind"].Value
            where Path.GetFileName(file) != $"{kind}Rule.cs"
            select $"{Path.GetFileName(file)}: {match.Value}";

        elsewhere.Should().BeEmpty();
    }
}
