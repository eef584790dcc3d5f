using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Ledger.Cli.Agreements;
using Ledger.Cli.Backups;
using Ledger.Cli.Entries;
using Ledger.Cli.Installation;
using Ledger.Cli.People;
using Ledger.Cli.Proofs;
using Ledger.Cli.Questions;
using Ledger.Cli.Reports;
using Ledger.Cli.Terminals;
using Ledger.Cli.Webhooks;

namespace Ledger.Cli;

/// <summary>The whole command line.</summary>
public static class LedgerCommand
{
    // An interrupted command stops what it started, and PostgreSQL may need a while for its last writes.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromMinutes(5);

    public static IEnumerable<Command> All(Terminal terminal) =>
        [
            .. QuestionCommands.All(terminal),
            AgreementCommands.Create(terminal),
            ReportCommands.Create(terminal),
            new Command("statement", "Record a statement about compliance with provisions.")
            {
                ReportCommands.RecordStatement.Create(terminal),
            },
            ReportCommands.Respond.Create(terminal),
            EntryCommands.Create(terminal),
            WebhookCommands.Create(terminal),
            PeopleCommands.Create(terminal),
            ReplayCommand.Command(terminal),
            .. ProofCommands.All(terminal),
            .. LocalCommands.All,
            .. BackupCommands.All(terminal),
        ];

    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        var parse = Root(terminal).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (args is [])
            return await Root(terminal)
                .Parse(["--help"])
                .InvokeAsync(new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error });
        if (parse is { Action: ParseErrorAction, Errors: [_, ..] })
            return Misused(terminal, parse, UsageErrors.Of(parse));

        try
        {
            return await parse.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = terminal.Out,
                    Error = terminal.Error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = TimeToStop,
                }
            );
        }
        catch (CommandException wrong) when (wrong.ExitCode == ExitCode.Usage)
        {
            return Misused(terminal, parse, [wrong.Message]);
        }
        catch (CommandException wrong)
        {
            terminal.Error.WriteLine($"ledger: {wrong.Message}");
            return wrong.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    private static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand(
            "The ledger of an agreement: what its parties are reported to have done, and whether each "
                + "provision is being kept."
        );
        foreach (var command in All(terminal))
            root.Add(command);
        root.Options.OfType<HelpOption>().Single().Action = new HelpAction { MaxWidth = terminal.Width };
        return root;
    }

    private static int Misused(Terminal terminal, ParseResult parse, IEnumerable<string> messages)
    {
        foreach (var message in messages)
            terminal.Error.WriteLine($"ledger: {message}");
        var words = new List<string>();
        for (var at = parse.CommandResult; at is not null; at = at.Parent as System.CommandLine.Parsing.CommandResult)
            words.Insert(0, at.Command is RootCommand ? "ledger" : at.Command.Name);
        terminal.Error.WriteLine($"Run '{string.Join(' ', words)} --help' for usage.");
        return ExitCode.Usage;
    }
}
