using System.CommandLine;
using System.Text.Json.Nodes;
using Ledger.Cli.Recording;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Proofs;

/// <summary>
/// An operator's decision about a log that nobody can take back, recorded in the log itself after the operator has
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
            Description = "By whose authority.",
            Required = true,
            HelpName = "TEXT",
        };
        var yes = new Option<bool>("--yes") { Description = "Do not ask for confirmation." };
        var filing = new FilingOptions();
        var command = new Command(Name, Description) { agreement, About, reason, authority, yes };
        filing.AddTo(command);
        command.Calls(
            terminal,
            filing.Names(($"/{Event.Member}", About.Name), ("/reason", "--reason"), ("/authority", "--authority")),
            async call =>
            {
                if (!call.Get(yes))
                {
                    foreach (var line in Warning(call.Get(agreement), call.Get(About)))
                        terminal.Error.WriteLine(line);
                    terminal.Error.Write($"Type '{Word}' to continue: ");
                    if (await terminal.In.ReadLineAsync(call.Cancel) != Word)
                        throw CommandException.Refused("Nothing was recorded.");
                }

                var data = new JsonObject
                {
                    [Event.Member] = call.Get(About),
                    ["reason"] = call.Get(reason),
                    ["authority"] = call.Get(authority),
                };
                var entry = new JsonObject { ["type"] = Event.Type, ["data"] = data };
                filing.Complete(call, data);
                var reply = await call.Server.PostEntryAsync(
                    $"agreements/{Uri.EscapeDataString(call.Get(agreement))}/entries",
                    entry,
                    call.Cancel
                );
                if (call.Json)
                    return call.Write(reply);
                FilingOptions.Confirm(call.Sheet, reply, reply.Read<Receipt>(), Done(call.Get(agreement)));
                return ExitCode.Done;
            }
        );
        return command;
    }
}
