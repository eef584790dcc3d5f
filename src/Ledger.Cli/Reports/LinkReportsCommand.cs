using System.CommandLine;
using System.Text.Json.Nodes;
using Ledger.Cli.Recording;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Reports;

/// <summary><c>ledger report link REPORT REPORT...</c></summary>
public static class LinkReportsCommand
{
    public static Command Command(Terminal terminal)
    {
        var reports = new Argument<string[]>("REPORTS")
        {
            Description = "Ids of two or more reports.",
            Arity = new ArgumentArity(2, 100),
        };
        var reason = new Option<string?>("--reason")
        {
            Description = "Why they describe one incident.",
            HelpName = "TEXT",
        };
        var by = new Option<string?>("--by") { Description = "Who links them.", HelpName = "NAME" };
        var filing = new FilingOptions();
        var command = new Command("link", "Record that reports describe one incident, which is then counted once.")
        {
            reports,
            reason,
            by,
        };
        filing.AddTo(command);
        return command.OnServer(
            terminal,
            filing.Names(("/reports", "REPORTS"), ("/reason", "--reason"), ("/by", "--by")),
            context =>
            {
                var ids = context.Get(reports);
                var data = new JsonObject
                {
                    ["reports"] = new JsonArray([.. ids.Select(id => JsonValue.Create(id))]),
                    ["reason"] = context.Get(reason),
                    ["by"] = context.Get(by),
                };
                return filing.SendAsync(
                    context,
                    $"reports/{RecordCommand.Of(ids[0])}/links",
                    data,
                    _ => $"Linked {ids.Length} reports into one incident."
                );
            }
        );
    }
}
