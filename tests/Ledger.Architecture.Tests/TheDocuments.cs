using Ledger.Domain.Entries;

namespace Ledger.Architecture.Tests;

public sealed class TheDocuments
{
    [Fact]
    public void Explain_every_event()
    {
        var page = Repository.Read("docs", "events.md");

        EventTypes.ByName.Keys.Should().OnlyContain(name => page.Contains($"`{name}`", StringComparison.Ordinal));
    }

    [Fact]
    public void Link_only_to_what_exists()
    {
        var broken =
            from file in Directory
                .EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md")
                .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"))
            from match in System
                .Text.RegularExpressions.Regex.Matches(
                    File.ReadAllText(file),
                    @"\]\((?<to>[^)#:]+)(#[^)]*)?\)",
                    System.Text.RegularExpressions.RegexOptions.ExplicitCapture,
                    TimeSpan.FromSeconds(2)
                )
                .Cast<System.Text.RegularExpressions.Match>()
            let target = Path.Combine(Path.GetDirectoryName(file)!, match.Groups["to"].Value)
            where !File.Exists(target) && !Directory.Exists(target)
            select $"{Path.GetFileName(file)} -> {match.Groups["to"].Value}";

        broken.Should().BeEmpty();
    }

    [Fact]
    public void Draw_the_engine_with_the_rooms_it_has()
    {
        var drawn = Named("docs/architecture.md", """\["(?<what>[A-Z][a-z]+)<br/>""");

        drawn.Should().Contain(["Facts", "Rules", "Answers"]);
        drawn.Should().OnlyContain(room => Directory.Exists(PathOf($"src/Ledger.Verdicts/{room}")));
    }

    [Fact]
    public void Send_newcomers_to_files_that_exist()
    {
        var files = Named("CONTRIBUTING.md", "`(?<what>(src|tests|docs)/[^`*]+)`");

        files.Should().HaveCountGreaterThan(10);
        files.Should().OnlyContain(file => Path.Exists(PathOf(file)));
    }

    private static string PathOf(string file) => Path.Combine(Repository.Root, file);

    private static List<string> Named(string page, string pattern) =>
        [
            .. System
                .Text.RegularExpressions.Regex.Matches(
                    Repository.Read(page),
                    pattern,
                    System.Text.RegularExpressions.RegexOptions.ExplicitCapture,
                    TimeSpan.FromSeconds(2)
                )
                .Select(match => match.Groups["what"].Value),
        ];
}
