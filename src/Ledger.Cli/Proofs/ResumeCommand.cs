using System.CommandLine;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Proofs;

/// <summary>
/// <c>ledger log resume AGREEMENT</c>: an operator's decision to go on after a rollback, recorded in the log itself.
/// </summary>
public static class ResumeCommand
{
    public static Command Command(Terminal terminal) =>
        new LogDecision
        {
            Name = "resume",
            Description = "Go on after a rollback, when what was signed cannot be brought back. Asks first.",
            About = new Option<long>("--signed-size")
            {
                Description = "How many entries had been signed; the server's refusal says it.",
                Required = true,
                HelpName = "N",
            },
            Reason = "Why the lost entries cannot be brought back.",
            Event = ("log_resumed", "signedSize"),
            Word = "resume",
            Warning = (agreement, size) =>
                [
                    $"{size} entries of {agreement} were signed, and some of them are lost. Bring them back if there is any way: replay WAL, or take a later backup.",
                    "Going on gives sizes that were signed another root. Every auditor who kept a later checkpoint, and every witness, will rightly say so; the log will say why. This cannot be taken back.",
                ],
            Done = agreement =>
                $"The log of {agreement} goes on. Tell everybody who keeps checkpoints of it, and start its witnesses with a new state.",
        }.Command(terminal);
}
