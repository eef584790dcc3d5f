using System.CommandLine;
using Ledger.Local;

namespace Ledger.Cli.Servers;

/// <summary>Options that mean the same wherever they stand.</summary>
public static class CommonOptions
{
    public static Option<bool> Json() =>
        new("--json") { Description = "Write JSON for programs instead of text for people." };

    public static Option<string?> Server() =>
        new("--server")
        {
            Description =
                $"The server's address; else {ServerAddress.Variable}, else the one that 'up' started, else "
                + $"{ServerAddress.Default}.",
            HelpName = "URL",
        };

    public static Option<string?> TokenFile() =>
        new("--token-file")
        {
            Description =
                $"A file with an API token; else {ServerToken.Variable}, else on the server's own "
                + "machine the operator's.",
            HelpName = "FILE",
        };

    public static Argument<string> Agreement() =>
        new("AGREEMENT") { Description = "The agreement's short name, such as idlib-2018." };

    public static Argument<string> Provision() =>
        new("PROVISION") { Description = "The provision's short name, such as p5; 'ledger status' lists them." };
}
