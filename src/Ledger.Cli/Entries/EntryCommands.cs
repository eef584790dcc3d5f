using System.CommandLine;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Entries;

public static class EntryCommands
{
    public static Command Create(Terminal terminal) =>
        new("entries", "Read, record and follow the entries of a ledger.")
        {
            ReadEntriesCommand.Command(terminal),
            TailEntriesCommand.Command(terminal),
            ImportEntriesCommand.Command(terminal),
        };
}
