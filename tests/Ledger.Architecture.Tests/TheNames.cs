using System.Text.RegularExpressions;

namespace Ledger.Architecture.Tests;

/// <summary>A name means one thing, so a type's name stands in one namespace.</summary>
public sealed partial class TheNames
{
    /// <summary>What still has two meanings. The list may only become shorter.</summary>
    private static readonly string[] WithTwoMeanings =
    [
        // Both are an entry: its event, and the bytes that are hashed, which Ledger.Proof knows without the domain.
        "Entry",
        // Of a rule, and of a scenario.
        "Outcome",
        // Of a person, and of an entry in an answer.
        "Role",
    ];

    [Fact]
    public void Stand_in_one_namespace()
    {
        var twice =
            from file in Repository.SourceFiles("src")
            where !file.Contains("Generated", StringComparison.Ordinal)
            let text = File.ReadAllText(file)
            let space = Namespace().Match(text).Groups["name"].Value
            from Match type in Types().Matches(text)
            group space by type.Groups["name"].Value into spaces
            where spaces.Distinct(StringComparer.Ordinal).Count() > 1
            select spaces.Key;

        twice.Should().BeEquivalentTo(WithTwoMeanings);
    }

    [GeneratedRegex(
        @"^namespace (?<name>[\w.]+);",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"^(public|internal) ([a-z]+ )*(class|record struct|record|struct|interface|enum) (?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex Types();
}
