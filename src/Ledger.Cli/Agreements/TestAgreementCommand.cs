using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Cli.InputFiles;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Verdicts.Scenarios;

namespace Ledger.Cli.Agreements;

/// <summary><c>ledger agreement test FILE</c></summary>
public static class TestAgreementCommand
{
    private const string Ending = ".scenarios.yaml";

    public static Command Command(Terminal terminal)
    {
        var file = new Argument<string>("FILE")
        {
            Description =
                $"The agreement file. Its scenarios are in NAME{Ending} beside it, or in the folder NAME.scenarios.",
        };
        var json = CommonOptions.Json();
        var command = new Command(
            "test",
            "Run the scenarios beside an agreement file. Each gives reports, a question and the expected verdicts."
        )
        {
            file,
            json,
        };
        command.SetAction(parse =>
            Run(AgreementOnDisk.Open(parse.GetRequiredValue(file), terminal), parse.GetValue(json), terminal)
        );
        return command;
    }

    private static int Run(AgreementOnDisk opened, bool json, Terminal terminal)
    {
        var agreement = opened.Required(terminal);
        var files = FilesOf(opened.Path);
        if (files is [])
            throw CommandException.Refused(
                $"There are no scenarios beside {opened.Name}. "
                    + $"Write them in {Path.GetFileNameWithoutExtension(opened.Path)}{Ending}."
            );
        var outcomes = files
            .SelectMany(file =>
                Read(file, agreement, terminal)
                    .Select(scenario => (File: Path.GetRelativePath(terminal.Folder, file), Outcome: scenario.Run()))
            )
            .ToList();
        if (json)
            terminal.Out.WriteLine(
                new JsonArray([.. outcomes.Select(o => AsJson(o.File, o.Outcome))]).ToJsonString(
                    new JsonSerializerOptions(LedgerJson.Options) { WriteIndented = true }
                )
            );
        else
            Write(outcomes, new TextOutput(terminal));
        return outcomes.TrueForAll(o => o.Outcome.IsAsExpected) ? ExitCode.Done : ExitCode.Refused;
    }

    private static string[] FilesOf(string path)
    {
        var stem = Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path));
        string[] alone = File.Exists(stem + Ending) ? [stem + Ending] : [];
        return Directory.Exists(stem + ".scenarios")
            ? [.. alone, .. Directory.GetFiles(stem + ".scenarios", "*.yaml").Order(StringComparer.Ordinal)]
            : alone;
    }

    private static IEnumerable<Scenario> Read(string file, AgreementFile agreement, Terminal terminal)
    {
        var name = Path.GetRelativePath(terminal.Folder, file);
        var text = TextFile.Read(file, name);
        var folder = Path.GetDirectoryName(file)!;
        switch (
            ScenarioFile.Parse(
                text,
                agreement,
                entries =>
                    EntryFile
                        .Read(Path.Combine(folder, Path.GetFileName(entries)), terminal)
                        .Select(line => new WrittenEntry(line.Type, line.Data))
            )
        )
        {
            case Parsed<System.Collections.Immutable.ImmutableArray<Scenario>>.Good good:
                return good.Value;
            case Parsed<System.Collections.Immutable.ImmutableArray<Scenario>>.Bad bad:
                SourceProblems.Write(terminal.Error, name, text, bad.Problems);
                throw CommandException.Refused($"{name} cannot be run: {Plural.Of(bad.Problems.Length, "problem")}.");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void Write(List<(string File, Outcome Outcome)> outcomes, TextOutput output)
    {
        foreach (var (file, outcome) in outcomes)
        {
            output.Line([
                outcome.IsAsExpected ? new StyledText("ok      ", Styles.Good) : new StyledText("failed  ", Styles.Bad),
                outcome.Scenario.Name,
            ]);
            foreach (var problem in outcome.Scenario.Problems)
                output.Line(
                    [
                        $"{problem.Code} {problem.Message}",
                        new StyledText($"  {file}:{problem.Line}:{problem.Column}", Styles.Faint),
                    ],
                    indent: 8
                );
            foreach (var difference in outcome.Differences)
                output.Line(
                    [difference.ToString(), new StyledText($"  {file}:{difference.Expectation.Line}", Styles.Faint)],
                    indent: 8
                );
        }

        var failed = outcomes.Count(o => !o.Outcome.IsAsExpected);
        output.Line(
            $"{Plural.Of(outcomes.Count, "scenario")}, {(failed == 0 ? "all as expected" : $"{failed} failed")}."
        );
    }

    private static JsonObject AsJson(string file, Outcome outcome) =>
        new()
        {
            ["file"] = file,
            ["line"] = outcome.Scenario.Line,
            ["name"] = outcome.Scenario.Name,
            ["ok"] = outcome.IsAsExpected,
            ["problems"] = new JsonArray([
                .. outcome.Scenario.Problems.Select(problem => new JsonObject
                {
                    ["code"] = problem.Code,
                    ["message"] = problem.Message,
                    ["line"] = problem.Line,
                    ["column"] = problem.Column,
                }),
            ]),
            ["differences"] = new JsonArray([
                .. outcome.Differences.Select(d => new JsonObject
                {
                    ["provision"] = d.Expectation.Provision,
                    ["field"] = d.Expectation.Field.Name,
                    ["expected"] = d.Expectation.Expected,
                    ["actual"] = d.Actual,
                    ["line"] = d.Expectation.Line,
                }),
            ]),
        };
}
