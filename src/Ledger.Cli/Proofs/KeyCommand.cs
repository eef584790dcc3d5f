using System.CommandLine;
using System.Text;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;

namespace Ledger.Cli.Proofs;

/// <summary><c>ledger key</c>, <c>ledger key new FILE</c> and <c>ledger key rotate [AGREEMENT]</c>.</summary>
public static class KeyCommand
{
    public static Command Command(Terminal terminal)
    {
        var command = new Command(
            "key",
            "Print the verifier key of each agreement's log, for a policy or to compare by telephone."
        )
        {
            New(terminal),
            KeyRotation.Command(terminal),
        };
        return command.OnServer(
            terminal,
            async context =>
            {
                var list = await context.Server.GetAsync<AgreementsAnswer>("agreements", context.Cancel);
                foreach (var line in list.Agreements)
                    terminal.Out.WriteLine(await OfAsync(context, line.Id));
                return ExitCode.Done;
            }
        );
    }

    /// <summary>The key that a log is signed with now, by its server's account.</summary>
    internal static async Task<VerifierKey> OfAsync(CommandContext context, string agreement)
    {
        using var log = new LogOnServer(context.Server.Address, agreement, context.Token);
        var policy = Encoding.UTF8.GetString(await log.ReadAsync("policy", context.Cancel) ?? []);
        var line =
            policy.Split('\n').FirstOrDefault(text => text.StartsWith("log ", StringComparison.Ordinal))
            ?? throw CommandException.Refused($"The server does not state the signing key of the log of {agreement}.");
        try
        {
            return VerifierKey.Parse(line.Split(' ')[1]);
        }
        catch (MalformedException wrong)
        {
            throw CommandException.Refused(
                $"The key that the server states for {agreement} cannot be read: {wrong.Message}"
            );
        }
    }

    private static Command New(Terminal terminal)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "The file to write. For a successor, use the current key's file name followed by .next.",
        };
        var command = new Command(
            "new",
            "Create a signing key in a file that only its owner can read, and print the public key. "
                + "If the file exists, only print its public key."
        )
        {
            file,
        };
        command.SetAction(parse =>
        {
            using var key = SigningKeyFile.OpenOrMake(terminal.PathOf(parse.GetRequiredValue(file)));
            terminal.Out.WriteLine(Convert.ToBase64String(key.PublicKey));
            return ExitCode.Done;
        });
        return command;
    }
}
