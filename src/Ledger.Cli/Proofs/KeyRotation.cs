using System.CommandLine;
using System.Text.Json.Nodes;
using Ledger.Cli.Recording;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;

namespace Ledger.Cli.Proofs;

/// <summary>
/// <c>ledger key rotate [AGREEMENT]</c>: from now on logs are signed with another key, and each says so in an entry
/// that the key before it signs.
/// </summary>
public static class KeyRotation
{
    public static Command Command(Terminal terminal)
    {
        var agreement = new Argument<string?>("AGREEMENT")
        {
            Description = "Only this log. Default: every log on the server that is not yet signed with the new key.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var to = new Option<string>("--to")
        {
            Description = "The new public key, as printed by 'ledger key new' or 'ledger signer'.",
            Required = true,
            HelpName = "BASE64",
        };
        var reason = new Option<string>("--reason")
        {
            Description = "The reason for the change.",
            Required = true,
            HelpName = "TEXT",
        };
        var authority = new Option<string>("--authority")
        {
            Description = "By whose authority.",
            Required = true,
            HelpName = "TEXT",
        };
        var command = new Command(
            "rotate",
            "Sign logs with a new key from now on. The server must have both the old key and the new one."
        )
        {
            agreement,
            to,
            reason,
            authority,
        };
        return command.OnServer(
            terminal,
            async context =>
            {
                var publicKey = StrictBase64.Decode(context.Get(to)!) is { Length: Ed25519Key.PublicKeyLength } bytes
                    ? bytes
                    : throw CommandException.Usage(
                        $"--to must be a public key: {Ed25519Key.PublicKeyLength} bytes in base64."
                    );
                var logs = context.Parse.GetValue(agreement) is { } one
                    ? [one]
                    : (await context.Server.GetAsync<AgreementsAnswer>("agreements", context.Cancel)).Agreements.Select(
                        line => line.Id
                    );
                var changed = 0;
                foreach (var log in logs)
                {
                    var old = await KeyCommand.OfAsync(context, log);
                    var next = Next(old.Name, publicKey);
                    if (next == old)
                        continue;
                    var data = new JsonObject
                    {
                        ["entryId"] = Guid.CreateVersion7(terminal.Clock.GetUtcNow()).ToString(),
                        ["oldKey"] = old.ToString(),
                        ["newKey"] = next.ToString(),
                        ["reason"] = context.Get(reason),
                        ["authority"] = context.Get(authority),
                    };
                    var reply = await context.Server.PostEntryAsync(
                        $"agreements/{Uri.EscapeDataString(log)}/entries",
                        new JsonObject { ["type"] = "key_rotated", ["data"] = data },
                        context.Cancel
                    );
                    if (context.Json)
                        context.Write(reply);
                    else
                        terminal.Out.WriteLine(
                            $"{next} signs from position {reply.Read<ReceiptAnswer>().Position} on, instead of {old}"
                        );
                    changed++;
                }

                if (!context.Json)
                    terminal.Out.WriteLine(
                        changed == 0
                            ? "Every log is already signed with this key."
                            : "Publish the new key, and give it to the witnesses. "
                                + "Keep the old key until every log is verified. "
                                + "The next steps are in docs/operating.md."
                    );
                return ExitCode.Done;
            }
        );
    }

    private static VerifierKey Next(string name, byte[] publicKey)
    {
        try
        {
            return VerifierKey.OfLog(name, publicKey);
        }
        catch (MalformedException wrong)
        {
            throw CommandException.Usage($"--to: {wrong.Message}");
        }
    }
}
