namespace Ledger.Cli.Servers;

/// <summary>No usable answer came. What was sent may or may not have been recorded; sending the same id again is safe.</summary>
public sealed class UnreachableException(Uri server, string reason) : CommandException(
    Cli.ExitCode.Unreachable,
    $"The server at {server.GetLeftPart(UriPartial.Authority)} gave no answer: {reason}\nStart one with 'ledger up', or name another with --server URL or {Local.ServerAddress.Variable}.")
{
    public string Reason => reason;
}
