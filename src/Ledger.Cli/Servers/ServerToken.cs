using Ledger.Cli.Terminals;
using Ledger.Local;

namespace Ledger.Cli.Servers;

/// <summary>
/// What lets this program in: a token that was given, else on the server's own machine the operator's.
/// </summary>
public static class ServerToken
{
    public const string Variable = "LEDGER_TOKEN";
    public const string FileVariable = "LEDGER_TOKEN_FILE";

    /// <summary>Lies in the data directory of the server that `up` starts, readable by its owner alone.</summary>
    public const string OperatorFile = "operator.token";

    /// <summary>Null where there is none: then only what is public can be read.</summary>
    /// <param name="server">The operator's token is sent to the server it belongs to, and to no other.</param>
    /// <param name="file">As the command line names it.</param>
    /// <param name="terminal">Whose variables count.</param>
    public static string? Find(Uri server, string? file, Terminal terminal)
    {
        if (file is not null)
            return Read(terminal.PathOf(file)) ?? throw CommandException.Usage($"--token-file {file} cannot be read.");
        if (terminal.Variable(Variable) is { Length: > 0 } given)
            return given.Trim();
        if (terminal.Variable(FileVariable) is { Length: > 0 } named)
            return Read(terminal.PathOf(named))
                ?? throw CommandException.Usage($"{FileVariable} names {named}, which cannot be read.");
        return
            server.IsLoopback
            && ServerAddress.Written(Checkout.DefaultData) is { } own
            && own.Authority == server.Authority
            ? OfOperator(Checkout.DefaultData)
            : null;
    }

    public static string? OfOperator(string data) => Read(Path.Combine(data, OperatorFile));

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
