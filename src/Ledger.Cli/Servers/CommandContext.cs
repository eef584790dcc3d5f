using System.CommandLine;
using Ledger.Cli.Terminals;
using Ledger.Local;
using Ledger.Local.Machine;

namespace Ledger.Cli.Servers;

/// <summary>One run of a command that talks to the server.</summary>
public sealed record CommandContext(
    ParseResult Parse,
    ServerClient Server,
    string? Token,
    Terminal Terminal,
    bool Json,
    CancellationToken Cancel
)
{
    public TextOutput Output { get; } = new(Terminal);

    public T? Get<T>(Option<T> option) => Parse.GetValue(option);

    public T Get<T>(Argument<T> argument) => Parse.GetRequiredValue(argument);

    /// <summary>The server's own JSON, as it came.</summary>
    public int Write(Reply reply)
    {
        Terminal.Out.WriteLine(System.Text.Encoding.UTF8.GetString(reply.Body).TrimEnd());
        return ExitCode.Done;
    }
}

public static class ServerCommands
{
    /// <summary>Gives a command its server and what it does with it.</summary>
    public static Command OnServer(
        this Command command,
        Terminal terminal,
        PointerNames names,
        Func<CommandContext, Task<int>> run
    )
    {
        var (server, tokenFile, json) = (CommonOptions.Server(), CommonOptions.TokenFile(), CommonOptions.Json());
        command.Add(server);
        command.Add(tokenFile);
        command.Add(json);
        command.SetAction(
            async (parse, cancellationToken) =>
            {
                var address = Address(parse.GetValue(server), terminal);
                var token = ServerToken.Find(address, parse.GetValue(tokenFile), terminal);
                using var ledger = new ServerClient(address, terminal, names, token);
                return await run(
                    new CommandContext(parse, ledger, token, terminal, parse.GetValue(json), cancellationToken)
                );
            }
        );
        return command;
    }

    private static Uri Address(string? option, Terminal terminal)
    {
        try
        {
            return ServerAddress.Find(option, variable: terminal.Variable);
        }
        catch (LocalProblemException wrong)
        {
            throw CommandException.Usage(wrong.Message);
        }
    }

    public static Command OnServer(this Command command, Terminal terminal, Func<CommandContext, Task<int>> run) =>
        command.OnServer(terminal, PointerNames.None, run);
}
