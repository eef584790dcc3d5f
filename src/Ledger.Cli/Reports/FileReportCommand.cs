using System.CommandLine;
using System.Text.Json.Nodes;
using Ledger.Cli.Recording;
using Ledger.Cli.Sentences;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Time;

namespace Ledger.Cli.Reports;

/// <summary><c>ledger report file AGREEMENT</c></summary>
public static class FileReportCommand
{
    public static Command Command(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        var content = new ReportOptions();
        var filing = new FilingOptions();
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Check the report against the agreement and send nothing.",
        };
        var command = new Command("file", "File an incident report: the claim that something happened.") { agreement };
        content.AddTo(command);
        filing.AddTo(command);
        command.Add(dryRun);
        var names = filing.Names(content.Names);
        return command.OnServer(
            terminal,
            names,
            async context =>
            {
                if (!content.Any(context.Parse))
                    throw CommandException.Usage(
                        "There is nothing to file: give at least --kind, --occurred and --source, or --file."
                    );
                var data = content.Read(context.Parse, terminal);
                if (context.Get(dryRun))
                    return await TryAsync(context, context.Get(agreement), filing, data, names);

                var reply = await filing.SendAsync(
                    context,
                    $"{KnownAgreements.PathOf(context.Get(agreement))}/reports",
                    data
                );
                return context.Json ? context.Write(reply) : await TellAsync(context, reply, data);
            }
        );
    }

    private static async Task<int> TryAsync(
        CommandContext context,
        string id,
        FilingOptions filing,
        JsonObject data,
        PointerNames names
    )
    {
        var agreement = await context.Server.AgreementAsync(id, context.Cancel);
        filing.Complete(context, data);
        var filed = EntryPrecheck.Read("report_filed", data, agreement, names, context.Terminal);
        if (context.Json)
            context.Terminal.Out.WriteLine(
                new JsonObject { ["type"] = "report_filed", ["data"] = LedgerJson.DataOf(filed) }.ToJsonString(
                    LedgerJson.Options
                )
            );
        else
        {
            context.Output.Line($"{agreement.Id} would accept this report; nothing was sent.");
            ReportText.Write(context.Output, ((ReportFiled)filed).Report, agreement, indent: 2);
            FilingOptions.Warn(context.Output, ReportWarnings.Of(filed, agreement).Select(warning => warning.Message));
        }

        return ExitCode.Done;
    }

    private static async Task<int> TellAsync(CommandContext context, Reply reply, JsonObject data)
    {
        var receipt = reply.Read<ReceiptAnswer>();
        var agreement = await context.Server.AgreementAsync(receipt.Agreement, context.Cancel);
        var report = (
            (ReportFiled)EntryPrecheck.Read("report_filed", data, agreement, PointerNames.None, context.Terminal)
        ).Report;
        FilingOptions.Confirm(
            context.Output,
            reply,
            receipt,
            $"Filed in {agreement.Id}: {ReportText.Headline(report, agreement)}."
        );
        var lastDay = agreement.TimeZone.DayOf(report.Occurred.Until - Instants.Microsecond);
        await VerdictChanges.TellAsync(
            context,
            agreement,
            receipt,
            agreement.TimeZone.StartOf(lastDay.PlusDays(1)) - Instants.Microsecond
        );
        return ExitCode.Done;
    }
}
