using System.CommandLine;
using Ledger.Cli.Local;

var root = new RootCommand("A ledger of what the parties to an agreement are reported to have done.");
foreach (var command in LocalCommands.All)
    root.Subcommands.Add(command);

// An interrupted command stops what it started, and PostgreSQL may need a while for its last writes.
return await root.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromMinutes(5) });
