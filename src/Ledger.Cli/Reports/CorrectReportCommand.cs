using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Cli.Recording;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Entries;

namespace Ledger.Cli.Reports;

/// <summary><c>ledger report correct REPORT</c>: the content as it stands, with what is named here changed.</summary>
public static class CorrectReportCommand
{
    public static Command Command(Terminal terminal)
    {
        var report = ReportCommands.Report();
        var reason = new Option<string>("--reason")
        {
            Description = "The reason for the correction.",
            Required = true,
            HelpName = "TEXT",
        };
        var by = new Option<string?>("--corrected-by") { Description = "Who corrects it.", HelpName = "NAME" };
        var content = new ReportOptions();
        var filing = new FilingOptions();
        var command = new Command(
            "correct",
            "Correct a report. What is not given stays unchanged; with --file the whole content is replaced."
        )
        {
            report,
            reason,
            by,
        };
        content.AddTo(command);
        filing.AddTo(command);
        return command.OnServer(
            terminal,
            filing.Names([.. content.Names, ("/reason", "--reason"), ("/by", "--corrected-by")]),
            async context =>
            {
                if (!content.Any(context.Parse))
                    throw CommandException.Usage(
                        "There is nothing to correct: give the parts that change, such as --occurred or --quantity."
                    );
                var id = RecordCommand.Of(context.Get(report));
                var before = JsonSerializer
                    .SerializeToNode(
                        (await context.Server.GetAsync<ReportPage>($"reports/{id}", context.Cancel)).Content,
                        LedgerJson.Options
                    )!
                    .AsObject();
                // What is sealed is not known here, so that a correction can only leave it out or state it again.
                if (before["sealed"] is JsonObject { Count: > 0 })
                    terminal.Error.WriteLine(
                        "ledger: the sealed parts of the report (narrative, identity of the source, exact "
                            + "place) are not carried over; give them again if the correction should have them."
                    );
                before.Remove("sealed");
                var data = content.Read(context.Parse, terminal, before);
                data["reason"] = context.Get(reason);
                data["by"] = context.Get(by);
                return await filing.SendAsync(
                    context,
                    $"reports/{id}/corrections",
                    data,
                    _ => $"Corrected report {context.Get(report)}."
                );
            }
        );
    }
}
