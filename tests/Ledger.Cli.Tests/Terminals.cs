using Ledger.Cli.Terminals;

namespace Ledger.Cli.Tests;

/// <summary>Terminals for tests: a file, as a pipe sees it, or a window of a given width.</summary>
public static class Terminals
{
    public static Terminal Of(TextWriter to, int? window = null, params (string Name, string Value)[] variables) =>
        new()
        {
            In = TextReader.Null,
            Out = to,
            Error = to,
            OutIsTerminal = window is not null,
            Width = window ?? Terminal.WidthOfFiles,
            Variable = name => variables.FirstOrDefault(variable => variable.Name == name).Value,
            Folder = AppContext.BaseDirectory,
        };
}
