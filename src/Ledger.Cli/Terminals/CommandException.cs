namespace Ledger.Cli.Terminals;

/// <summary>
/// Ends a command. The message is sentences for the person at the terminal: what is wrong, and what to do.
/// </summary>
public class CommandException(int exitCode, string message) : Exception(message)
{
    public int ExitCode => exitCode;

    public static CommandException Usage(string message) => new(Terminals.ExitCode.Usage, message);

    public static CommandException Refused(string message) => new(Terminals.ExitCode.Refused, message);
}
