using System.CommandLine;
using System.Text.Json.Nodes;
using Ledger.Cli.Recording;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Proofs;

/// <summary>
/// <c>ledger log correct-clock AGREEMENT</c>: an operator's decision that the last entries are dated too late, recorded
/// in the log itself.
/// </summary>
public static class ClockCommand
{
    public static Command Command(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        var since = new Option<long>("--since")
        {
            Description = "The position of the first entry that is dated too late; the server's refusal says it.",
            Required = true,
            HelpName = "POSITION",
        };
        var reason = new Option<string>("--reason")
        {
            Description = "What was wrong with the clock.",
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
        var command = new Command(
            "correct-clock",
            "Go on after a clock was ahead and the last entries are dated later than now. Asks first."
        )
        {
            agreement,
            since,
            reason,
            authority,
            yes,
        };
        filing.AddTo(command);
        command.Calls(
            terminal,
            filing.Names(("/since", "--since"), ("/reason", "--reason"), ("/authority", "--authority")),
            async call =>
            {
                if (!call.Get(yes))
                {
                    terminal.Error.WriteLine(
                        $"The entries of {call.Get(agreement)} from position {call.Get(since)} on are dated later than it is now. Make sure that the clocks of this server and of its database are right now."
                    );
                    terminal.Error.WriteLine(
                        "Those entries keep their dates, and count as known from this decision on. This cannot be taken back."
                    );
                    terminal.Error.Write("Write 'correct' to go on: ");
                    if (await terminal.In.ReadLineAsync(call.Cancel) != "correct")
                        throw CommandException.Refused("Nothing was decided.");
                }

                var data = new JsonObject
                {
                    ["since"] = call.Get(since),
                    ["reason"] = call.Get(reason),
                    ["authority"] = call.Get(authority),
                };
                var entry = new JsonObject { ["type"] = "clock_corrected", ["data"] = data };
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
                    $"The log of {call.Get(agreement)} goes on at the time that it is. Tell everybody who asks what was known when."
                );
                return ExitCode.Done;
            }
        );
        return command;
    }
}
