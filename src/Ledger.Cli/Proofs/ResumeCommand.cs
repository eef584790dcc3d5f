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
            Description =
                "Resume a log after a rollback, when its signed entries cannot be restored. Asks for confirmation first.",
            About = new Option<long>("--signed-size")
            {
                Description = "How many entries had been signed, as the server's refusal says.",
                Required = true,
                HelpName = "N",
            },
            Reason = "Why the lost entries cannot be restored.",
            Event = ("log_resumed", "signedSize"),
            Word = "resume",
            Warning = (agreement, size) =>
                [
                    $"{size} entries of {agreement} were signed, but some of them are lost. Restore them if there is "
                        + "any way: replay the WAL, or use a later backup.",
                    "Resuming gives a different root to sizes that were already signed. Every witness, and every "
                        + "auditor who kept a later checkpoint, will rightly report that; the log will state the reason. "
                        + "This cannot be undone.",
                ],
            Done = agreement =>
                $"The log of {agreement} is resumed. Tell everyone who keeps checkpoints of it, and start its witnesses "
                + "with a new state.",
        }.Command(terminal);
}
