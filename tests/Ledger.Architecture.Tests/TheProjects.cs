using System.Reflection;
using System.Xml.Linq;

namespace Ledger.Architecture.Tests;

/// <summary>Who may know whom. The map in docs/architecture.md says why.</summary>
public sealed class TheProjects
{
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Ledger.Domain"] = ["Ledger.Proof"],
        ["Ledger.Verdicts"] = ["Ledger.Domain"],
        ["Ledger.Proof"] = [],
        ["Ledger.Store"] = ["Ledger.Domain", "Ledger.Verdicts", "Ledger.Proof"],
        ["Ledger.Server"] = ["Ledger.Store"],
        ["Ledger.Local"] = [],
        ["Ledger.Cli"] = ["Ledger.Domain", "Ledger.Verdicts", "Ledger.Proof", "Ledger.Local"],
    };

    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Ledger.Domain"] =
        [
            "NodaTime",
            "NodaTime.Serialization.SystemTextJson",
            "NetTopologySuite",
            "NetTopologySuite.IO.GeoJSON4STJ",
            "YamlDotNet",
        ],
        ["Ledger.Verdicts"] = [],
        ["Ledger.Proof"] = ["NSec.Cryptography"],
    };

    public static TheoryData<string> Names { get; } = new(MayReference.Keys);

    [Fact]
    public void Are_those_of_the_design() =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension)
            .Should()
            .BeEquivalentTo(MayReference.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Reference_only_what_lies_below_them(string project) =>
        References(project, "ProjectReference")
            .Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))
            .Should()
            .BeSubsetOf(MayReference[project]);

    [Theory]
    [InlineData("Ledger.Domain")]
    [InlineData("Ledger.Verdicts")]
    [InlineData("Ledger.Proof")]
    public void Are_pure_where_they_judge_or_prove(string project)
    {
        References(project, "PackageReference").Should().BeSubsetOf(Packages[project]);
        var loaded = Assembly.Load(project).GetReferencedAssemblies().Select(a => a.Name!);
        loaded
            .Should()
            .NotContain(name =>
                name.StartsWith("Npgsql", StringComparison.Ordinal)
                || name.StartsWith("Marten", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            );
    }

    [Fact]
    public void Know_http_only_at_the_edge() =>
        Assembly
            .Load("Ledger.Store")
            .GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Should()
            .NotContain(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Fact]
    public void Have_one_solution_and_every_project_is_in_it()
    {
        Directory.EnumerateFiles(Repository.Root, "*.sln*").Select(Path.GetFileName).Should().Equal("Ledger.sln");
        var solution = Repository.Read("Ledger.sln");
        Repository
            .SourceFiles("src", "*.csproj")
            .Concat(Repository.SourceFiles("tests", "*.csproj"))
            .Select(Path.GetFileName)
            .Should()
            .OnlyContain(name => solution.Contains(name!, StringComparison.Ordinal));
    }

    [Fact]
    public void Pin_every_package_in_one_place() =>
        Repository
            .SourceFiles("src", "*.csproj")
            .Concat(Repository.SourceFiles("tests", "*.csproj"))
            .SelectMany(file => XDocument.Load(file).Descendants("PackageReference"))
            .Should()
            .OnlyContain(reference =>
                reference.Attribute("Version") == null && reference.Attribute("VersionOverride") == null
            );

    private static IEnumerable<string> References(string project, string element) =>
        XDocument
            .Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"))
            .Descendants(element)
            .Select(e => e.Attribute("Include")!.Value);
}
