using System.Text.RegularExpressions;

namespace Ledger.Architecture.Tests;

/// <summary>docs/verdicts.md is the specification: every numbered sentence of it is tried by a test that cites it.</summary>
public sealed class TheSpecification
{
    private static readonly string[] Sentences =
    [
        .. Matches(Repository.Read("docs", "verdicts.md"), @"^\*\*(?<n>\d+\.\d+)\*\* \S")
            .Select(m => m.Groups["n"].Value),
    ];

    private static readonly string[] Sections =
    [
        .. Matches(Repository.Read("docs", "verdicts.md"), @"^## (?<n>\d+)\. ").Select(m => m.Groups["n"].Value),
    ];

    private static readonly (string File, string Text)[] Sources =
    [
        .. Repository
            .SourceFiles("src")
            .Concat(Repository.SourceFiles("tests"))
            .Select(file => (Path.GetRelativePath(Repository.Root, file), File.ReadAllText(file))),
    ];

    [Fact]
    public void Numbers_each_sentence_once_and_in_its_section()
    {
        Sentences.Should().OnlyHaveUniqueItems();
        Sections.Should().Equal(Enumerable.Range(1, Sections.Length).Select(n => $"{n}"));
        Sentences.Should().OnlyContain(number => Sections.Contains(number.Split('.')[0]));
        Sections
            .Should()
            .OnlyContain(section => Sentences.Any(n => n.StartsWith($"{section}.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Has_a_test_for_every_sentence() =>
        Sentences
            .Except(Sources.SelectMany(source => CitedByTests(source.Text)))
            .Should()
            .BeEmpty("each sentence is cited as '// verdicts.md 4.2' above the attributes of a test that tries it");

    [Fact]
    public void Is_cited_only_where_it_says_something()
    {
        var dangling =
            from source in Sources
            from cited in Cited(source.Text)
            where cited.Contains('.', StringComparison.Ordinal) ? !Sentences.Contains(cited) : !Sections.Contains(cited)
            select $"{source.File}: {cited}";
        dangling.Should().BeEmpty();
    }

    /// <summary>"verdicts.md 1.2, 3.4", and "verdicts.md, section 4" or "sections 4 and 5".</summary>
    private static IEnumerable<string> Cited(string text) =>
        Matches(text, @"verdicts\.md(?:, sections?)? (?<n>\d+(\.\d+)?)(?:(?:, | and | to )(?<n>\d+(\.\d+)?))*")
            .SelectMany(m => m.Groups["n"].Captures.Select(capture => capture.Value));

    private static IEnumerable<string> CitedByTests(string text) =>
        Matches(text, @"^ *// verdicts\.md (?<n>\d+\.\d+)(, (?<n>\d+\.\d+))*\r?\n *\[(Fact|Theory)\b")
            .SelectMany(m => m.Groups["n"].Captures.Select(capture => capture.Value));

    private static IEnumerable<Match> Matches(string text, string pattern) =>
        Regex.Matches(text, pattern, RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
}
