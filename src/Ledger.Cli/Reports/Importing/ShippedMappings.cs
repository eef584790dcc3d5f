using System.Collections.Immutable;
using System.CommandLine;
using Ledger.Cli.InputFiles;
using Ledger.Cli.Terminals;
using Ledger.Domain.Input;

namespace Ledger.Cli.Reports.Importing;

/// <summary>The mappings that lie beside the command, by their names.</summary>
public static class ShippedMappings
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "mappings");

    public static ImmutableArray<string> Names =>
        Directory.Exists(Folder)
            ?
            [
                .. Directory
                    .GetFiles(Folder, "*.yaml")
                    .Select(file => Path.GetFileNameWithoutExtension(file))
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    /// <summary>A shipped mapping, or one in a file of one's own.</summary>
    public static Mapping Open(string name, Terminal terminal)
    {
        var shipped = Names.Contains(name, StringComparer.Ordinal);
        var path = shipped ? PathOf(name) : terminal.PathOf(name);
        if (!shipped && !File.Exists(path))
            throw CommandException.Refused(
                $"There is no mapping '{name}': give a file, or one of "
                    + $"{string.Join(", ", Names)}.{Nearest.Hint(name, Names)}"
            );
        var text = TextFile.Read(path, name);
        switch (Mapping.Parse(text))
        {
            case Parsed<Mapping>.Good good:
                return good.Value;
            case Parsed<Mapping>.Bad bad:
                SourceProblems.Write(terminal.Error, name, text, bad.Problems);
                throw CommandException.Refused($"{name} cannot be used: {Plural.Of(bad.Problems.Length, "problem")}.");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary><c>ledger report mapping [NAME]</c>: a shipped mapping is where one's own begins.</summary>
    public static Command Command(Terminal terminal)
    {
        var name = new Argument<string?>("NAME")
        {
            Description = "The mapping to print.",
            DefaultValueFactory = _ => null,
        };
        var command = new Command(
            "mapping",
            "List the mappings that ship with the ledger, or print one as a start for your own."
        )
        {
            name,
            MappingSuggestion.Command(terminal),
        };
        command.SetAction(parse =>
        {
            if (parse.GetValue(name) is not { } chosen)
                terminal.Out.WriteLine(string.Join('\n', Names));
            else if (Names.Contains(chosen, StringComparer.Ordinal))
                terminal.Out.Write(File.ReadAllText(PathOf(chosen)));
            else
                throw CommandException.Refused(
                    $"There is no mapping '{chosen}'. Choose one of "
                        + $"{string.Join(", ", Names)}.{Nearest.Hint(chosen, Names)}"
                );
            return ExitCode.Done;
        });
        return command;
    }

    private static string PathOf(string name) => Path.Combine(Folder, $"{name}.yaml");
}
