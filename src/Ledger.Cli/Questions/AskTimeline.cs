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
public static class AskTimeline
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
        return command.Calls(
            terminal,
            question.Names,
            async call =>
            {
                var read = await call.Server.AgreementAsync(call.Get(agreement), call.Cancel);
                var asOf =
                    question.AsOf(call.Parse, read.TimeZone) ?? Instant.FromDateTimeOffset(terminal.Clock.GetUtcNow());
                var path =
                    $"{KnownAgreements.PathOf(read.Id)}/verdicts/{Uri.EscapeDataString(call.Get(provision))}/timeline";
                var reply = await call.Server.GetAsync($"{path}{question.TimelessQuery(call.Parse)}", call.Cancel);
                if (call.Json)
                    return call.Write(reply);

                var timeline = reply.Read<TimelineAnswer>();
                TimelinePage.Write(call.Sheet, read, timeline, asOf, await HeadlinesAsync(call, read, timeline));
                return ExitCode.Done;
            }
        );
    }

    private static async Task<Dictionary<Guid, string>> HeadlinesAsync(
        Call call,
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
            var entry = RecordedEntry.Read(
                await call.Server.GetAsync<JsonElement>($"{path}/entries/{position}", call.Cancel)
            );
            if (entry.Event is not ReportFiled filed)
                return (entry.Id, EntryText.Headline(entry.Event, agreement));
            // What decided is the report as it stood at the position of the answer, which a correction may have
            // changed.
            var asItStood = await call.Server.GetAsync<ReportList>(
                $"{path}/reports?after={position - 1}&limit=1&knownAt={timeline.Position}",
                call.Cancel
            );
            var content =
                asItStood.Reports.FirstOrDefault(report => report.Report == entry.Id)?.Content ?? filed.Report;
            return (entry.Id, EntryText.Headline(filed with { Report = content }, agreement));
        }
    }
}
