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
public static class FileReport
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
        return command.Calls(
            terminal,
            names,
            async call =>
            {
                if (!content.Any(call.Parse))
                    throw CommandException.Usage(
                        "There is nothing to file: give at least --kind, --occurred and --source, or --file."
                    );
                var data = content.Read(call.Parse, terminal);
                if (call.Get(dryRun))
                    return await TryAsync(call, call.Get(agreement), filing, data, names);

                var reply = await filing.SendAsync(
                    call,
                    $"{KnownAgreements.PathOf(call.Get(agreement))}/reports",
                    data
                );
                return call.Json ? call.Write(reply) : await TellAsync(call, reply, data);
            }
        );
    }

    private static async Task<int> TryAsync(
        Call call,
        string id,
        FilingOptions filing,
        JsonObject data,
        PointerNames names
    )
    {
        var agreement = await call.Server.AgreementAsync(id, call.Cancel);
        filing.Complete(call, data);
        var filed = Proposed.Read("report_filed", data, agreement, names, call.Terminal);
        if (call.Json)
            call.Terminal.Out.WriteLine(
                new JsonObject { ["type"] = "report_filed", ["data"] = LedgerJson.DataOf(filed) }.ToJsonString(
                    LedgerJson.Options
                )
            );
        else
        {
            call.Sheet.Line($"{agreement.Id} would accept this report; nothing was sent.");
            ReportText.Write(call.Sheet, ((ReportFiled)filed).Report, agreement, indent: 2);
            FilingOptions.Warn(call.Sheet, ReportWarnings.Of(filed, agreement).Select(warning => warning.Message));
        }

        return ExitCode.Done;
    }

    private static async Task<int> TellAsync(Call call, Reply reply, JsonObject data)
    {
        var receipt = reply.Read<Receipt>();
        var agreement = await call.Server.AgreementAsync(receipt.Agreement, call.Cancel);
        var report = (
            (ReportFiled)Proposed.Read("report_filed", data, agreement, PointerNames.None, call.Terminal)
        ).Report;
        FilingOptions.Confirm(
            call.Sheet,
            reply,
            receipt,
            $"Filed in {agreement.Id}: {ReportText.Headline(report, agreement)}."
        );
        var lastDay = agreement.TimeZone.DayOf(report.Occurred.Until - Instants.Microsecond);
        await Changes.TellAsync(
            call,
            agreement,
            receipt,
            agreement.TimeZone.StartOf(lastDay.PlusDays(1)) - Instants.Microsecond
        );
        return ExitCode.Done;
    }
}
