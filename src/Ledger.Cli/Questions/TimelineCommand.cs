using System.CommandLine;
using System.Text.Json;
using Ledger.Cli.Entries;
using Ledger.Cli.Reports;
using Ledger.Cli.Sentences;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Cli.Questions;

/// <summary><c>ledger timeline AGREEMENT PROVISION</c></summary>
public static class TimelineCommand
{
    public static Command Command(Terminal terminal)
    {
        var (agreement, provision) = (CommonOptions.Agreement(), CommonOptions.Provision());
        var question = new QuestionOptions();
        var command = new Command("timeline", "Show the verdict on one provision over time, and what changed it.")
        {
            agreement,
            provision,
        };
        question.AddTo(command);
        return command.OnServer(
            terminal,
            question.Names,
            async context =>
            {
                var read = await context.Server.AgreementAsync(context.Get(agreement), context.Cancel);
                var asOf =
                    question.AsOf(context.Parse, read.TimeZone)
                    ?? Instant.FromDateTimeOffset(terminal.Clock.GetUtcNow());
                var path =
                    $"{KnownAgreements.PathOf(read.Id)}/verdicts/{Uri.EscapeDataString(context.Get(provision))}/timeline";
                var reply = await context.Server.GetAsync(
                    $"{path}{question.TimelessQuery(context.Parse)}",
                    context.Cancel
                );
                if (context.Json)
                    return context.Write(reply);

                var timeline = reply.Read<TimelineAnswer>();
                TimelinePage.Write(context.Output, read, timeline, asOf, await HeadlinesAsync(context, read, timeline));
                return ExitCode.Done;
            }
        );
    }

    private static async Task<Dictionary<Guid, string>> HeadlinesAsync(
        CommandContext context,
        Agreement agreement,
        TimelineAnswer timeline
    )
    {
        var path = KnownAgreements.PathOf(agreement.Id);
        var positions = timeline
            .Intervals.SelectMany(interval => interval.DecidedBy)
            .Select(deciding => deciding.Position)
            .OfType<long>()
            .Distinct();
        return (await Task.WhenAll(positions.Select(HeadlineAsync))).ToDictionary(
            headline => headline.Entry,
            headline => headline.Text
        );

        async Task<(Guid Entry, string Text)> HeadlineAsync(long position)
        {
            var entry = EntryAnswer.Read(
                await context.Server.GetAsync<JsonElement>($"{path}/entries/{position}", context.Cancel)
            );
            if (entry.Event is not ReportFiled filed)
                return (entry.Id, EntryText.Headline(entry.Event, agreement));
            // What decided is the report as it stood at the position of the answer, which a correction may have
            // changed.
            var asItStood = await context.Server.GetAsync<ReportList>(
                $"{path}/reports?after={position - 1}&limit=1&knownAt={timeline.Position}",
                context.Cancel
            );
            var content =
                asItStood.Reports.FirstOrDefault(report => report.Report == entry.Id)?.Content ?? filed.Report;
            return (entry.Id, EntryText.Headline(filed with { Report = content }, agreement));
        }
    }
}
