using System.CommandLine;
using System.Text.Json.Nodes;
using Ledger.Cli.Recording;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Proofs;

/// <summary><c>ledger erase</c>: the sealed values of one person, in two steps.</summary>
public static class EraseCommands
{
    private const string Irreversible =
        "This destroys the key to these values for ever. It cannot be undone, and no backup of the "
        + "database can restore it. Every proof stays valid.";

    public static Command Create(Terminal terminal) =>
        new("erase", "Erase the sealed values of a person: find the handle, request, confirm.")
        {
            List(terminal),
            Request(terminal),
            Confirm(terminal),
        };

    private static Command List(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        var position = new Option<long?>("--position")
        {
            Description = "Only handles that seal a value at this position.",
            HelpName = "N",
        };
        var command = new Command("list", "List the random handles under which values are sealed.")
        {
            agreement,
            position,
        };
        return command.OnServer(
            terminal,
            async context =>
            {
                var reply = await context.Server.GetAsync(
                    $"agreements/{Uri.EscapeDataString(context.Get(agreement))}/handles"
                        + $"{(context.Get(position) is { } at ? $"?position={at}" : "")}",
                    context.Cancel
                );
                if (context.Json)
                    return context.Write(reply);
                foreach (var handle in reply.Read<HandleList>().Handles)
                    terminal.Out.WriteLine(
                        $"{handle.Handle}  {handle.State}  {string.Join(", ", handle.Names)}  at "
                            + $"{Positions(handle.Positions)}"
                    );
                return ExitCode.Done;
            }
        );
    }

    private static Command Request(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        var handle = new Option<string>("--handle")
        {
            Description = "The person's random handle. Find it with 'ledger erase list'.",
            Required = true,
            HelpName = "UUID",
        };
        var authority = Authority();
        var filing = new FilingOptions();
        var command = new Command(
            "request",
            "Request an erasure. From then on no new value is sealed under the handle. Nothing is destroyed yet."
        )
        {
            agreement,
            handle,
            authority,
        };
        filing.AddTo(command);
        return command.OnServer(
            terminal,
            filing.Names(("/handle", "--handle"), ("/authority", "--authority")),
            context =>
                filing.SendAsync(
                    context,
                    $"agreements/{Uri.EscapeDataString(context.Get(agreement))}/erasures",
                    new JsonObject { ["handle"] = context.Get(handle), ["authority"] = context.Get(authority) },
                    receipt =>
                        "Requested. To destroy what the handle seals: "
                        + $"ledger erase confirm {receipt.EntryId} --authority WHO"
                )
        );
    }

    private static Command Confirm(Terminal terminal)
    {
        var request = new Argument<string>("REQUEST") { Description = "The entry id of the request." };
        var authority = Authority();
        var yes = new Option<bool>("--yes")
        {
            Description = "Do not ask for confirmation. An erasure cannot be undone.",
        };
        var filing = new FilingOptions();
        var command = new Command(
            "confirm",
            "Confirm an erasure, which destroys the key for ever. Asks for confirmation first."
        )
        {
            request,
            authority,
            yes,
        };
        filing.AddTo(command);
        return command.OnServer(
            terminal,
            filing.Names(("/authority", "--authority")),
            async context =>
            {
                var entry = Uri.EscapeDataString(context.Get(request));
                if (!context.Get(yes))
                {
                    var asked = (await context.Server.GetAsync($"entries/{entry}", context.Cancel)).Read<JsonObject>();
                    terminal.Error.WriteLine(
                        $"Handle {asked["data"]?["handle"]}: {asked["data"]?["names"]?.ToJsonString()} at "
                            + $"positions {asked["data"]?["positions"]?.ToJsonString()} of {asked["agreement"]}."
                    );
                    terminal.Error.WriteLine(Irreversible);
                    terminal.Error.Write("Type 'erase' to continue: ");
                    if (await terminal.In.ReadLineAsync(context.Cancel) != "erase")
                        throw CommandException.Refused("Nothing was erased.");
                }

                return await filing.SendAsync(
                    context,
                    $"erasures/{entry}/confirmations",
                    new JsonObject { ["authority"] = context.Get(authority) },
                    _ => "Erased. No copy of the database can reveal it any more."
                );
            }
        );
    }

    private static string Positions(long[] positions) =>
        positions.Length == 0
            ? "no remaining position"
            : string.Join(", ", positions.Take(20))
                + (positions.Length > 20 ? $" and {positions.Length - 20} more" : "");

    private static Option<string> Authority() =>
        new("--authority")
        {
            Description = "The authority for it: a court, a data protection officer, the person's own request.",
            Required = true,
            HelpName = "TEXT",
        };

    private sealed record HandleList(HandleLine[] Handles);

    private sealed record HandleLine(Guid Handle, string State, long[] Positions, string[] Names);
}
