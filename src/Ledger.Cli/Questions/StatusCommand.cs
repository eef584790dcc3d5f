using System.CommandLine;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;

namespace Ledger.Cli.Questions;

/// <summary><c>ledger status [AGREEMENT]</c></summary>
public static class StatusCommand
{
    public static Command Command(Terminal terminal)
    {
        var agreement = new Argument<string?>("AGREEMENT")
        {
            Description = "The agreement's short name. Default: every agreement.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var question = new QuestionOptions();
        var command = new Command(
            "status",
            "Show whether each provision is being kept, as of any day and as known at any time."
        )
        {
            agreement,
        };
        question.AddTo(command);
        return command.OnServer(
            terminal,
            question.Names,
            async context =>
            {
                var ids = context.Parse.GetValue(agreement) is { } one
                    ? [one]
                    : (await context.Server.GetAsync<AgreementsAnswer>("agreements", context.Cancel))
                        .Agreements.Select(a => a.Id)
                        .ToArray();
                if (ids is [])
                    throw CommandException.Refused(
                        "No agreement has been adopted yet. Adopt one with 'ledger agreement adopt FILE'."
                    );
                foreach (var id in ids)
                {
                    if (id != ids[0])
                        context.Output.Blank();
                    await ShowAsync(context, id, question);
                }

                return ExitCode.Done;
            }
        );
    }

    private static async Task ShowAsync(CommandContext context, string id, QuestionOptions question)
    {
        var agreement = await context.Server.AgreementAsync(id, context.Cancel);
        var path = $"{KnownAgreements.PathOf(id)}/verdicts";
        var reply = await context.Server.GetAsync($"{path}{question.Query(context.Parse)}", context.Cancel);
        if (context.Json)
        {
            context.Write(reply);
            return;
        }

        var status = reply.Read<StatusAnswer>();
        StatusPage.Write(context.Output, agreement, status, await TimelinesAsync(context, agreement, status, question));
    }

    /// <summary>All as known at the position of the status, whatever is recorded meanwhile.</summary>
    private static async Task<Dictionary<string, TimelineAnswer>> TimelinesAsync(
        CommandContext context,
        Agreement agreement,
        StatusAnswer status,
        QuestionOptions question
    )
    {
        var query = question.TimelessQuery(context.Parse, status.Position);
        var timelines = await Task.WhenAll(
            status.Verdicts.Select(answer =>
                context.Server.GetAsync<TimelineAnswer>(
                    $"{KnownAgreements.PathOf(agreement.Id)}/verdicts/{Uri.EscapeDataString(answer.Provision)}/timeline{query}",
                    context.Cancel
                )
            )
        );
        return timelines.ToDictionary(timeline => timeline.Provision);
    }
}
