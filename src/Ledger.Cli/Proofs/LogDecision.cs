using System.CommandLine;
using System.Text.Json.Nodes;
using Ledger.Cli.Recording;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Proofs;

/// <summary>
/// An operator's decision about a log that cannot be undone, recorded in the log itself after the operator has
/// written a word.
/// </summary>
internal sealed record LogDecision
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>What the decision is about, as the server's refusal says it.</summary>
    public required Option<long> About { get; init; }

    public required string Reason { get; init; }

    /// <summary>The event, and its member that <see cref="About"/> fills.</summary>
    public required (string Type, string Member) Event { get; init; }

    /// <summary>The word that whoever decides has to write.</summary>
    public required string Word { get; init; }

    /// <summary>What it means, of an agreement and what it is about, a line each.</summary>
    public required Func<string, long, IReadOnlyList<string>> Warning { get; init; }

    /// <summary>What is said of an agreement once it is recorded.</summary>
    public required Func<string, string> Done { get; init; }

    public Command Command(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        var reason = new Option<string>("--reason")
        {
            Description = Reason,
            Required = true,
            HelpName = "TEXT",
        };
        var authority = new Option<string>("--authority")
        {
            Description = "The authority for it.",
            Required = true,
            HelpName = "TEXT",
        };
        var yes = new Option<bool>("--yes") { Description = "Do not ask for confirmation." };
        var filing = new FilingOptions();
        var command = new Command(Name, Description) { agreement, About, reason, authority, yes };
        filing.AddTo(command);
        command.OnServer(
            terminal,
            filing.Names(($"/{Event.Member}", About.Name), ("/reason", "--reason"), ("/authority", "--authority")),
            async context =>
            {
                if (!context.Get(yes))
                {
                    foreach (var line in Warning(context.Get(agreement), context.Get(About)))
                        terminal.Error.WriteLine(line);
                    terminal.Error.Write($"Type '{Word}' to continue: ");
                    if (await terminal.In.ReadLineAsync(context.Cancel) != Word)
                        throw CommandException.Refused("Nothing was recorded.");
                }

                var data = new JsonObject
                {
                    [Event.Member] = context.Get(About),
                    ["reason"] = context.Get(reason),
                    ["authority"] = context.Get(authority),
                };
                var entry = new JsonObject { ["type"] = Event.Type, ["data"] = data };
                filing.Complete(context, data);
                var reply = await context.Server.PostEntryAsync(
                    $"agreements/{Uri.EscapeDataString(context.Get(agreement))}/entries",
                    entry,
                    context.Cancel
                );
                if (context.Json)
                    return context.Write(reply);
                FilingOptions.Confirm(context.Output, reply, reply.Read<ReceiptAnswer>(), Done(context.Get(agreement)));
                return ExitCode.Done;
            }
        );
        return command;
    }
}
