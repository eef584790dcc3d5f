using Ledger.Cli.Installation;
using Ledger.Cli.Terminals;
using Ledger.Cli.Tests.Local;

namespace Ledger.Cli.Tests.Agreements;

public sealed class Scenarios
{
    /// <summary>Agreement files that scenarios lie beside.</summary>
    public static TheoryData<string> Shipped =>
        [
            .. Directory
                .GetFiles(Demonstration.Folder, "*.scenarios.yaml", SearchOption.AllDirectories)
                .Select(file =>
                    Path.GetRelativePath(Demonstration.Folder, file.Replace(".scenarios", "", StringComparison.Ordinal))
                ),
        ];

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task Of_a_shipped_agreement_hold(string file)
    {
        var text = new StringWriter();

        var exit = await LedgerCommand.RunAsync(
            ["agreement", "test", Path.Combine(Demonstration.Folder, file)],
            Terminals.Of(text)
        );

        exit.Should().Be(ExitCode.Done, text.ToString());
    }

    [Fact]
    public async Task Of_the_documentation_hold_for_the_harbour()
    {
        using var folder = new TemporaryDirectory();
        File.Copy(
            Repository.PathOf("tests", "Ledger.Cli.Tests", "Contracts", "Files", "harbour.yaml"),
            Path.Combine(folder.Path, "harbour.yaml")
        );
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "agreement-file-scenarios.md"));
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "harbour.scenarios.yaml"),
            page.Split("```yaml scenarios\n")[1].Split("```")[0]
        );
        var text = new StringWriter();

        var exit = await LedgerCommand.RunAsync(
            ["agreement", "test", Path.Combine(folder.Path, "harbour.yaml")],
            Terminals.Of(text)
        );

        exit.Should().Be(ExitCode.Done, text.ToString());
        text.ToString().Should().EndWith("3 scenarios, all as expected.\n");
    }
}
