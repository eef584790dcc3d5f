using System.Text;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Servers;

/// <summary>
/// The server answered that it will not. Every field problem is told under the name of the option that sets the field.
/// </summary>
public sealed class RefusedException(ServerProblem problem, PointerNames names)
    : CommandException(Terminals.ExitCode.Refused, Sentences(problem, names))
{
    public ServerProblem Problem => problem;

    private static string Sentences(ServerProblem problem, PointerNames names)
    {
        if (problem.Errors is [])
            return $"{problem.Detail ?? problem.Title ?? $"The server answered {problem.Status}."}{Code(problem.Code)}";
        if (problem.Errors is [var only])
            return Field(only, names, problem.Code);

        var text = new StringBuilder($"There are {problem.Errors.Length} problems:");
        foreach (var error in problem.Errors)
            text.Append($"\n  {Field(error, names, null)}");
        return text.ToString();
    }

    private static string Field(FieldProblem error, PointerNames names, string? whole)
    {
        var place = error.Line is { } line ? $"line {line}, column {error.Column}" : names.NameOf(error.Pointer ?? "");
        return $"{(place.Length == 0 ? "" : $"{place}: ")}{error.Detail}{Code(error.Code ?? whole)}";
    }

    private static string Code(string? code) => code is null ? "" : $" ({code})";
}
