using System.CommandLine;
using Ledger.Domain.Input;

namespace Ledger.Cli;

/// <summary>What is wrong with a command line, with the word that was probably meant.</summary>
public static class UsageErrors
{
    public static IEnumerable<string> Of(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        var commands = command.Subcommands.Select(c => c.Name).ToList();
        if (commands is not [])
        {
            return parse.UnmatchedTokens is [var unknown, ..]
                ? [$"Unknown command '{unknown}'.{Nearest.Hint(unknown, commands)}"]
                : [$"'{command.Name}' needs a subcommand: one of {string.Join(", ", commands)}."];
        }

        var unmatched = parse.UnmatchedTokens.Select(token =>
            token.StartsWith('-')
                ? $"Unknown option '{token}'.{Nearest.Hint(token, command.Options.Select(option => option.Name))}"
                : $"Unexpected argument '{token}'. Put quotes around text that contains spaces."
        );
        // The parser tells unmatched words again, in its own words.
        return unmatched.Concat(
            parse
                .Errors.Where(error =>
                    !parse.UnmatchedTokens.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal))
                )
                .Select(error => error.Message)
        );
    }
}
