using System.CommandLine;
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
public static class ShowReport
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
        }.Calls(
            terminal,
            async call =>
            {
                var reply = await call.Server.GetAsync(
                    $"reports/{RecordCommand.Of(call.Get(report))}"
                        + $"{(call.Get(reason) is { } why ? $"?reason={Uri.EscapeDataString(why)}" : "")}",
                    call.Cancel
                );
                if (call.Json)
                    return call.Write(reply);
                var page = reply.Read<ReportPage>();
                Write(call.Sheet, page, await call.Server.AgreementAsync(page.Agreement, call.Cancel));
                return ExitCode.Done;
            }
        );
    }

    private static void Write(Sheet sheet, ReportPage page, Agreement agreement)
    {
        sheet.Line([new Ink($"Report {page.Report} of {page.Agreement}", Styles.Title)]);
        sheet.Line(
            $"{page.State}, {Words.Of(page.Level)}"
                + $"{(page.SaidAt == page.RecordedAt ? "" : $" {sheet.Marks.Dot} said {Times.From(page.SaidAt, agreement.TimeZone)}")} "
                + $"{sheet.Marks.Dot} times of {agreement.TimeZone.Id}",
            Styles.Faint
        );
        sheet.Blank();
        ReportText.Write(sheet, page.Content, agreement, indent: 2);
        if ((page.Filing?.Event as ReportFiled)?.Report.Narrative is { } narrative)
            sheet.Line([new Ink("narrative: ", Styles.Faint), narrative], indent: 2);
        if ((page.Filing?.Event as ReportFiled)?.Report.Place?.Exact is { } exact)
            sheet.Line(
                [new Ink("exact place: ", Styles.Faint), $"{Decimals.ToText(exact.Lat)}, {Decimals.ToText(exact.Lon)}"],
                indent: 2
            );
        if (page.LinkedWith is not [])
            sheet.Line([new Ink("one incident with: ", Styles.Faint), string.Join(", ", page.LinkedWith)], indent: 2);
        sheet.Blank();
        foreach (var entry in page.Entries)
            EntryLines.Write(
                sheet,
                new RecordedEntry(
                    page.Agreement,
                    entry.Entry,
                    entry.Position,
                    entry.RecordedAt,
                    entry.Type,
                    entry.Event
                ),
                agreement,
                entry.Live ? null : "no longer counts"
            );
    }
}
