using System.CommandLine;
using System.Web;
using Ledger.Cli.Recording;
using Ledger.Cli.Sentences;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;

namespace Ledger.Cli.Reports;

/// <summary><c>ledger report list AGREEMENT</c></summary>
public static class ListReportsCommand
{
    public static Command Command(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        (RecordPart Part, string Parameter)[] filters =
        [
            (RecordPart.One("--kind", "kind", "CODE", "Only reports of this kind."), "kind"),
            (RecordPart.One("--actor", "actor", "PARTY", "Only reports that name this actor, in any role."), "actor"),
            (RecordPart.One("--from", "from", "WHEN", "Only what happened from this day or instant on."), "from"),
            (
                RecordPart.One(
                    "--until",
                    "until",
                    "WHEN",
                    "Only what happened up to the end of this day, or this instant."
                ),
                "until"
            ),
            (RecordPart.One("--level", "level", "LEVEL", "Only reports that stand at this level."), "level"),
            (RecordPart.One("--state", "state", "WORD", "live, refuted or retracted."), "state"),
            (
                RecordPart.One("--known-at", "knownAt", "WHEN", "As they stood at this position, day or instant."),
                "knownAt"
            ),
            (
                RecordPart.One("--after", "after", "POSITION", "Continue after the report filed at this position."),
                "after"
            ),
            (RecordPart.One("--limit", "limit", "NUMBER", "Maximum number of reports."), "limit"),
        ];
        var command = new Command(
            "list",
            "List reports in the order in which they were filed, with their current content."
        )
        {
            agreement,
        };
        foreach (var (part, _) in filters)
            command.Add(part.Option);
        return command.OnServer(
            terminal,
            new PointerNames(filters.ToDictionary(f => f.Part.Pointer, f => f.Part.Option.Name)),
            async context =>
            {
                var read = await context.Server.AgreementAsync(context.Get(agreement), context.Cancel);
                var query = string.Join(
                    '&',
                    filters.SelectMany(filter =>
                        (context.Get(filter.Part.Option) ?? []).Select(value =>
                            $"{filter.Parameter}={Uri.EscapeDataString(value)}"
                        )
                    )
                );
                var reply = await context.Server.GetAsync(
                    $"{KnownAgreements.PathOf(read.Id)}/reports?{query}",
                    context.Cancel
                );
                if (context.Json)
                    return context.Write(reply);

                var list = reply.Read<ReportList>();
                foreach (var report in list.Reports)
                    Write(context.Output, report, read);
                var more = list.Next is { } next
                    ? $"; continue with --after {HttpUtility.ParseQueryString(next.Split('?')[^1])["after"]}"
                    : "";
                context.Output.Line(
                    $"{Plural.Of(list.Reports.Length, "report")} as known at position "
                        + $"{list.Position}{more}. Times are in {read.TimeZone.Id}.",
                    Styles.Faint
                );
                return ExitCode.Done;
            }
        );
    }

    private static void Write(TextOutput output, ReportLine report, Agreement agreement)
    {
        output.Line([
            new StyledText($"{report.Position, 4}  ", Styles.Title),
            ReportText.Headline(report.Content, agreement),
        ]);
        if (report.Content.Summary is { } summary)
            output.Line($"\"{summary}\"", indent: 6);
        output.Line(
            string.Join(
                $" {output.Symbols.Dot} ",
                new[]
                {
                    Words.Of(report.Level),
                    report.State == "live" ? null : report.State,
                    ReportText.Source(report.Content.Source, agreement),
                    report.SaidAt == report.RecordedAt ? null : $"said {Times.From(report.SaidAt, agreement.TimeZone)}",
                    report.LinkedWith is [] ? null : $"linked with {Plural.Of(report.LinkedWith.Length, "report")}",
                    report.Report.ToString(),
                }.Where(part => part is not null)
            ),
            Styles.Faint,
            indent: 6
        );
    }
}
