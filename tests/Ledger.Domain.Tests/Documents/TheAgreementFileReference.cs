using System.Text.RegularExpressions;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;

namespace Ledger.Domain.Tests.Documents;

public sealed class TheAgreementFileReference
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Files.Root, "docs", "agreement-file.md"));

    private static string Example(string kind) =>
        Regex
            .Match(
                Page,
                $"```yaml {kind}\n(?<text>.*?)```",
                RegexOptions.Singleline | RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1)
            )
            .Groups["text"]
            .Value;

    [Fact]
    public void Shows_a_file_that_is_taken() =>
        AgreementFile.Parse(Example("file")).Required().Provisions().Should().HaveCount(6);

    [Theory]
    [InlineData("provision")]
    [InlineData("quantities")]
    [InlineData("limit")]
    [InlineData("when")]
    [InlineData("trigger")]
    public void Shows_provisions_that_fit_into_it(string kind)
    {
        var provision = string.Concat(
            Example(kind)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select((line, i) => (i == 0 ? "  - " : "    ") + line + "\n")
        );

        AgreementFile.Parse(Example("file") + provision).Required().Provisions().Should().HaveCount(7);
    }

    [Fact]
    public void Shows_every_name_that_a_file_may_hold()
    {
        // Every name that a reader asks for stands in the page; the readers are the only ones who know all names.
        var folder = Path.Combine(Files.Root, "src", "Ledger.Domain", "Agreements");
        var names = new[] { "AgreementReader.cs", "ProvisionReader.cs", "ProvisoReader.cs", "LensReader.cs" }
            .SelectMany(file =>
                Regex.Matches(
                    File.ReadAllText(Path.Combine(folder, file)),
                    "(?:Only\\(|Members =\\s*\\[)(?<names>[^;]*?)[\\])];",
                    RegexOptions.Singleline | RegexOptions.ExplicitCapture,
                    TimeSpan.FromSeconds(1)
                )
            )
            .SelectMany(match =>
                Regex.Matches(
                    match.Groups["names"].Value,
                    "\"(?<name>[a-zA-Z]+)\"",
                    RegexOptions.ExplicitCapture,
                    TimeSpan.FromSeconds(1)
                )
            )
            .Select(match => match.Groups["name"].Value)
            .Distinct()
            .ToList();

        names.Should().HaveCountGreaterThan(40);
        names
            .Except(["suppose", "type", "data"])
            .Should()
            .OnlyContain(name => Page.Contains(name, StringComparison.Ordinal));
    }
}

file static class Reading
{
    public static IEnumerable<Provision> Provisions(this AgreementFile file) => file.Agreement.Provisions;
}
