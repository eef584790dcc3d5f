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
                .Append(Path.Combine(Repository.Root, "README.md"))
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
}
