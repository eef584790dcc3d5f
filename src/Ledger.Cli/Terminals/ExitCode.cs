namespace Ledger.Cli.Terminals;

/// <summary>What a command's exit code says to the script that called it.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>
    /// The command was understood and could not be carried out: refused, not found, or a check that found problems.
    /// </summary>
    public const int Refused = 1;

    /// <summary>The command line itself is wrong; nothing was tried.</summary>
    public const int Usage = 2;

    /// <summary>The server could not be reached, or gave no usable answer. Trying again later may help.</summary>
    public const int Unreachable = 3;

    /// <summary>Stopped by Ctrl-C, as shells count it.</summary>
    public const int Interrupted = 130;
}
