using System.CommandLine;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Proofs;

/// <summary>What an auditor needs to believe nobody.</summary>
public static class ProofCommands
{
    public static IEnumerable<Command> All(Terminal terminal) =>
        [
            VerifyCommand.Command(terminal),
            BundleCommand.Command(terminal),
            KeyCommand.Command(terminal),
            WitnessCommand.Command(terminal),
            EraseCommands.Create(terminal),
            new Command("log", "Decide how a log goes on that was rolled back, or whose clock was ahead.")
            {
                ResumeCommand.Command(terminal),
                ClockCommand.Command(terminal),
            },
            SignerCommand.Command(terminal),
        ];
}
