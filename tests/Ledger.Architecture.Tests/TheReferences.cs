using System.CommandLine;
using System.Text.RegularExpressions;
using Ledger.Cli;
using Ledger.Cli.Terminals;
using Ledger.Server.Settings;

namespace Ledger.Architecture.Tests;

/// <summary>Every command, option, endpoint and setting has its entry in the documents.</summary>
public sealed partial class TheReferences
{
    private static readonly Terminal Nobody = new()
    {
        In = TextReader.Null,
        Out = TextWriter.Null,
        Error = TextWriter.Null,
        Variable = _ => null,
        Folder = Repository.Root,
    };

    [Fact]
    public void List_every_command()
    {
        var page = Repository.Read("docs", "commands.md");
        var commands = LedgerCommand.All(Nobody).SelectMany(command => Leaves(command, "ledger")).ToList();

        commands.Should().HaveCountGreaterThan(20);
        commands.Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void List_no_command_that_does_not_exist()
    {
        var commands = LedgerCommand.All(Nobody).SelectMany(command => Leaves(command, "ledger")).ToHashSet();
        var listed = CommandCell()
            .Matches(Repository.Read("docs", "commands.md"))
            .Select(match => match.Groups["name"].Value);

        listed.Where(name => !commands.Contains(name)).Should().BeEmpty();
    }

    /// <summary>Whoever files a report reads in their own language what is odd about it.</summary>
    [Fact]
    public void Have_every_warning_of_a_report_in_words()
    {
        var codes = WarningCode()
            .Matches(Repository.Read("src", "Ledger.Domain", "Decisions", "ReportWarnings.cs"))
            .Select(match => match.Groups["code"].Value)
            .Distinct()
            .ToList();

        codes.Should().HaveCountGreaterThan(5);
        codes
            .SelectMany(code =>
                new[] { "en", "ar", "tr", "ru" }
                    .Select(language => Path.Combine("src", "Ledger.Web", "src", "words", language, "field.ts"))
                    .Append(Path.Combine("docs", "mappings.md"))
                    .Where(file => !Repository.Read(file).Contains(code, StringComparison.Ordinal))
                    .Select(file => $"{code} in {file}")
            )
            .Should()
            .BeEmpty();
    }

    [Fact]
    public void List_every_endpoint()
    {
        var page = Repository.Read("docs", "api.md");
        var routes = Repository
            .SourceFiles(Path.Combine("src", "Ledger.Server"))
            .SelectMany(file => Route().Matches(File.ReadAllText(file)))
            .Select(match =>
                (Method: match.Groups["method"].Value.ToUpperInvariant(), Address: match.Groups["address"].Value)
            )
            .Distinct()
            .ToList();

        routes.Should().HaveCountGreaterThan(30);
        routes
            .Where(route =>
                !page.Split('\n')
                    .Any(line =>
                        line.Contains($"`{route.Address}`", StringComparison.Ordinal)
                        && line.Contains(route.Method, StringComparison.Ordinal)
                    )
            )
            .Should()
            .BeEmpty();
    }

    [Fact]
    public void List_every_setting()
    {
        var page = Repository.Read("docs", "operating.md");

        ServerSettings
            .All.Where(setting =>
                !page.Contains(
                    $"| `{setting.Name}` | {(setting.Default is null ? "" : $"`{setting.Default}` ")}|",
                    StringComparison.Ordinal
                )
            )
            .Should()
            .BeEmpty();
    }

    [Fact]
    public void List_every_table_of_the_ledger()
    {
        var page = Repository.Read("docs", "sql.md");
        var tables = Table()
            .Matches(Repository.Read("tests", "Ledger.Store.Tests", "Schema", "ledger.sql"))
            .Select(match => match.Groups["name"].Value)
            .ToList();

        tables.Should().HaveCountGreaterThan(10);
        tables
            .Where(table => !page.Contains($"`{table}`", StringComparison.Ordinal))
            .Where(table => !table.StartsWith("mt_", StringComparison.Ordinal))
            .Should()
            .BeEmpty();
    }

    /// <summary>What can be run: <c>ledger key</c> does something, and has commands below it that do others.</summary>
    private static IEnumerable<string> Leaves(Command command, string prefix)
    {
        var name = $"{prefix} {command.Name}";
        return
        [
            .. command.Action is null ? (string[])[] : [name],
            .. command.Subcommands.SelectMany(sub => Leaves(sub, name)),
        ];
    }

    [GeneratedRegex(
        @"\[Wolverine(?<method>Get|Post|Put|Delete|Patch)\(""(?<address>[^""]+)""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Route();

    [GeneratedRegex(
        @"^\| `(?<name>ledger [a-z -]+)`",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex CommandCell();

    [GeneratedRegex("\"(?<code>report/[a-z-]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex WarningCode();

    [GeneratedRegex(
        @"CREATE TABLE IF NOT EXISTS ledger\.(?<name>[a-z_]+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Table();
}
