using System.CommandLine;
using System.Text.Json.Nodes;
using Ledger.Cli.Recording;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Proofs;

/// <summary>
/// <c>ledger log resume AGREEMENT</c>: an operator's decision to go on after a rollback, recorded in the log itself.
/// </summary>
public static class ResumeCommand
{
    public static Command Command(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        var size = new Option<long>("--signed-size")
        {
            Description = "How many entries had been signed; the server's refusal says it.",
            Required = true,
            HelpName = "N",
        };
        var reason = new Option<string>("--reason")
        {
            Description = "Why the lost entries cannot be brought back.",
            Required = true,
            HelpName = "TEXT",
        };
        var authority = new Option<string>("--authority")
        {
            Description = "By whose authority.",
            Required = true,
            HelpName = "TEXT",
        };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var filing = new FilingOptions();
        var resume = new Command(
            "resume",
            "Go on after a rollback, when what was signed cannot be brought back. Asks first."
        )
        {
            agreement,
            size,
            reason,
            authority,
            yes,
        };
        filing.AddTo(resume);
        resume.Calls(
            terminal,
            filing.Names(("/signedSize", "--signed-size"), ("/reason", "--reason"), ("/authority", "--authority")),
            async call =>
            {
                if (!call.Get(yes))
                {
                    terminal.Error.WriteLine(
                        $"{call.Get(size)} entries of {call.Get(agreement)} were signed, and some of them are lost. Bring them back if there is any way: replay WAL, or take a later backup."
                    );
                    terminal.Error.WriteLine(
                        "Going on gives sizes that were signed another root. Every auditor who kept a later checkpoint, and every witness, will rightly say so; the log will say why. This cannot be taken back."
                    );
                    terminal.Error.Write("Write 'resume' to go on: ");
                    if (await terminal.In.ReadLineAsync(call.Cancel) != "resume")
                        throw CommandException.Refused("Nothing was decided.");
                }

                var data = new JsonObject
                {
                    ["signedSize"] = call.Get(size),
                    ["reason"] = call.Get(reason),
                    ["authority"] = call.Get(authority),
                };
                var entry = new JsonObject { ["type"] = "log_resumed", ["data"] = data };
                filing.Complete(call, data);
                var reply = await call.Server.PostEntryAsync(
                    $"agreements/{Uri.EscapeDataString(call.Get(agreement))}/entries",
                    entry,
                    call.Cancel
                );
                if (call.Json)
                    return call.Write(reply);
                FilingOptions.Confirm(
                    call.Sheet,
                    reply,
                    reply.Read<Receipt>(),
                    $"The log of {call.Get(agreement)} goes on. Tell everybody who keeps checkpoints of it, and start its witnesses with a new state."
                );
                return ExitCode.Done;
            }
        );
        return resume;
    }
}
