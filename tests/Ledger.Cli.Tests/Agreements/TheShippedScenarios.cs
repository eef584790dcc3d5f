using System.Text.Json.Nodes;
using Ledger.Cli.Installation;

namespace Ledger.Cli.Tests.Agreements;

/// <summary>
/// The readings of the shipped agreements, reviewed like code: each file's scenarios, run as a person runs them.
/// </summary>
public sealed class TheShippedScenarios
{
    /// <summary>Fewer would not show the boundary days of an agreement.</summary>
    private const int Fewest = 8;

    public static TheoryData<string> Files() =>
        [
            .. Directory
                .EnumerateFiles(Demonstration.Folder, "*.yaml", SearchOption.AllDirectories)
                .Where(path => !path.EndsWith(".scenarios.yaml", StringComparison.Ordinal))
                .Select(path => Path.GetRelativePath(Demonstration.Folder, path))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Come_out_as_the_text_of_the_agreement_says(string file)
    {
        var written = new StringWriter();

        await LedgerCommand.RunAsync(
            ["agreement", "test", Path.Combine(Demonstration.Folder, file), "--json"],
            Terminals.Of(written)
        );

        var outcomes = JsonNode.Parse(written.ToString())!.AsArray();
        outcomes
            .Where(o => !o!["ok"]!.GetValue<bool>())
            .Select(o => $"{o!["file"]}:{o["line"]} {o["name"]} {o["differences"]!.ToJsonString()}")
            .Should()
            .BeEmpty();
        outcomes.Should().HaveCountGreaterThanOrEqualTo(Fewest);
    }
}
