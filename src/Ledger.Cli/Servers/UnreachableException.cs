using Ledger.Cli.Terminals;
using Ledger.Local;

namespace Ledger.Cli.Servers;

/// <summary>
/// No usable answer came. What was sent may or may not have been recorded; sending the same id again is safe.
/// </summary>
public sealed class UnreachableException(Uri server, string reason, bool neverSent = false)
    : CommandException(
        Terminals.ExitCode.Unreachable,
        $"The server at {server.GetLeftPart(UriPartial.Authority)} gave no answer: "
            + $"{reason}\nStart one with 'ledger up', or name another with --server URL or "
            + $"{ServerAddress.Variable}."
    )
{
    public string Reason => reason;

    /// <summary>No connection came about, so that nothing of it can have arrived.</summary>
    public bool NeverSent => neverSent;
}
