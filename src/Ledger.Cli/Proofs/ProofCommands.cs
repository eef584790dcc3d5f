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
            ResumeCommand.Command(terminal),
            SignerCommand.Command(terminal),
        ];
}
