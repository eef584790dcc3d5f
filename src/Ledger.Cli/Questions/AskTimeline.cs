using System.CommandLine;
using Ledger.Cli.Entries;
using Ledger.Cli.Servers;
using Ledger.Domain.Agreements;
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
        var command = new Command("timeline", "Show how one provision stood over time, and what changed it.") { agreement, provision };
        question.AddTo(command);
        return command.Calls(terminal, question.Names, async call =>
        {
            var read = await call.Server.AgreementAsync(call.Get(agreement), call.Cancel);
            var asOf = question.AsOf(call.Parse, read.TimeZone) ?? Instant.FromDateTimeOffset(terminal.Clock.GetUtcNow());
            var path = $"{KnownAgreements.PathOf(read.Id)}/verdicts/{Uri.EscapeDataString(call.Get(provision))}/timeline";
            var reply = await call.Server.GetAsync($"{path}{question.TimelessQuery(call.Parse)}", call.Cancel);
            if (call.Json)
                return call.Write(reply);

            var timeline = reply.Read<TimelineAnswer>();
            TimelinePage.Write(call.Sheet, read, timeline, asOf, await HeadlinesAsync(call, read, timeline));
            return ExitCode.Done;
        });
    }

    private static async Task<Dictionary<Guid, string>> HeadlinesAsync(Call call, Agreement agreement, TimelineAnswer timeline)
    {
        var positions = timeline.Intervals.SelectMany(interval => interval.DecidedBy).Select(deciding => deciding.Position).OfType<long>().Distinct();
        var entries = await Task.WhenAll(positions.Select(position => call.Server.GetAsync<System.Text.Json.JsonElement>($"{KnownAgreements.PathOf(agreement.Id)}/entries/{position}", call.Cancel)));
        return entries.Select(RecordedEntry.Read).ToDictionary(entry => entry.Id, entry => EntryText.Headline(entry.Event, agreement));
    }
}
