using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Cli.Entries;
using Ledger.Cli.Recording;
using Ledger.Cli.Sentences;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;

namespace Ledger.Cli.Reports;

/// <summary><c>ledger report show REPORT</c>: as it stands, and everything that was ever recorded about it.</summary>
public static class ShowReportCommand
{
    public static Command Command(Terminal terminal)
    {
        var report = ReportCommands.Report();
        var reason = new Option<string?>("--open")
        {
            Description =
                "Also open its sealed values, if you may, for this reason. The reason is recorded with your name.",
            HelpName = "REASON",
        };
        return new Command("show", "Show the current content of a report and everything recorded about it.")
        {
            report,
            reason,
        }.OnServer(
            terminal,
            async context =>
            {
                var path = $"reports/{RecordCommand.Of(context.Get(report))}";
                var reply = context.Get(reason) is { } why
                    ? await context.Server.PostAsync(
                        $"{path}/openings",
                        Encoding.UTF8.GetBytes(new JsonObject { ["reason"] = why }.ToJsonString()),
                        "application/json",
                        context.Cancel
                    )
                    : await context.Server.GetAsync(path, context.Cancel);
                if (context.Json)
                    return context.Write(reply);
                var page = reply.Read<ReportPage>();
                Write(context.Output, page, await context.Server.AgreementAsync(page.Agreement, context.Cancel));
                return ExitCode.Done;
            }
        );
    }

    private static void Write(TextOutput output, ReportPage page, Agreement agreement)
    {
        output.Line([new StyledText($"Report {page.Report} of {page.Agreement}", Styles.Title)]);
        output.Line(
            $"{page.State}, {Words.Of(page.Level)}"
                + $"{(page.SaidAt == page.RecordedAt ? "" : $" {output.Symbols.Dot} said {Times.From(page.SaidAt, agreement.TimeZone)}")} "
                + $"{output.Symbols.Dot} times of {agreement.TimeZone.Id}",
            Styles.Faint
        );
        output.Blank();
        ReportText.Write(output, page.Content, agreement, indent: 2);
        if ((page.Filing?.Event as ReportFiled)?.Report.Narrative is { } narrative)
            output.Line([new StyledText("narrative: ", Styles.Faint), narrative], indent: 2);
        if ((page.Filing?.Event as ReportFiled)?.Report.Place?.Exact is { } exact)
            output.Line(
                [
                    new StyledText("exact place: ", Styles.Faint),
                    $"{DecimalText.Of(exact.Lat)}, {DecimalText.Of(exact.Lon)}",
                ],
                indent: 2
            );
        if (page.LinkedWith is not [])
            output.Line(
                [new StyledText("one incident with: ", Styles.Faint), string.Join(", ", page.LinkedWith)],
                indent: 2
            );
        output.Blank();
        foreach (var entry in page.Entries)
            EntryLines.Write(
                output,
                new EntryAnswer(page.Agreement, entry.Entry, entry.Position, entry.RecordedAt, entry.Type, entry.Event),
                agreement,
                entry.Live ? null : "no longer counts"
            );
    }
}
