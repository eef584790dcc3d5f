using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Ledger.Architecture.Tests;

/// <summary>What somebody who gets the project has to know before they use, change or ship it.</summary>
public sealed partial class TheOpenDoor
{
    /// <summary>They take part in the build alone and are not in what it makes.</summary>
    private static readonly string[] OnlyBuild =
    [
        "Meziantou.Analyzer",
        "Roslynator.Analyzers",
        "JasperFx.SourceGenerator",
    ];

    [Fact]
    public void Names_every_package_that_is_shipped()
    {
        var named = Name()
            .Matches(Repository.Read("NOTICE"))
            .Select(match => match.Value)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

        Shipped()
            .Where(package =>
                !named.Contains(package)
                && !named.Any(name =>
                    name.EndsWith(".*", StringComparison.Ordinal)
                    && package.StartsWith(name[..^1], StringComparison.OrdinalIgnoreCase)
                )
            )
            .Should()
            .BeEmpty("NOTICE has each with its licence");
    }

    [Fact]
    public void Says_in_the_changes_what_the_version_brings()
    {
        var version = XDocument.Parse(Repository.Read("Directory.Build.props")).Descendants("Version").Single().Value;

        Heading().Match(Repository.Read("CHANGELOG.md")).Groups["version"].Value.Should().Be(version);
    }

    private static IEnumerable<string> Shipped()
    {
        var programs =
            from project in (string[])["Ledger.Server", "Ledger.Cli"]
            from framework in JsonNode.Parse(Repository.Read("src", project, "packages.lock.json"))![
                "dependencies"
            ]!.AsObject()
            from package in framework.Value!.AsObject()
            where package.Value!["resolved"] is not null
            select package.Key;
        var app = JsonNode.Parse(Repository.Read("src", "Ledger.Web", "package.json"))!["dependencies"]!.AsObject();
        return programs
            .Concat(app.Select(package => package.Key))
            .Except(OnlyBuild, StringComparer.OrdinalIgnoreCase)
            .Distinct(StringComparer.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"[\w-]+(\.[\w-]+)*(\.\*)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(
        @"^## (Unreleased \()?(?<version>\d+\.\d+\.\d+)",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000
    )]
    private static partial Regex Heading();
}
