using Ledger.Cli.Terminals;

namespace Ledger.Cli.Backups;

/// <summary>What stands in the way of a backup or of its restoring: a sentence for people, and a code that stays.</summary>
internal static class BackupFault
{
    public static CommandException Refuse(string code, string message) =>
        CommandException.Refused($"{message} ({code})");
}
