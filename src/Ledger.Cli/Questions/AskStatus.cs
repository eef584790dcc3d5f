using System.CommandLine;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Verdicts.Answers;

namespace Ledger.Cli.Questions;

/// <summary><c>ledger status [AGREEMENT]</c></summary>
public static class AskStatus
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
        return command.Calls(
            terminal,
            question.Names,
            async call =>
            {
                var ids = call.Parse.GetValue(agreement) is { } one
                    ? [one]
                    : (await call.Server.GetAsync<AgreementList>("agreements", call.Cancel))
                        .Agreements.Select(a => a.Id)
                        .ToArray();
                if (ids is [])
                    throw CommandException.Refused(
                        "No agreement has been adopted yet. Adopt one with 'ledger agreement adopt FILE'."
                    );
                foreach (var id in ids)
                {
                    if (id != ids[0])
                        call.Sheet.Blank();
                    await ShowAsync(call, id, question);
                }

                return ExitCode.Done;
            }
        );
    }

    private static async Task ShowAsync(Call call, string id, QuestionOptions question)
    {
        var agreement = await call.Server.AgreementAsync(id, call.Cancel);
        var path = $"{KnownAgreements.PathOf(id)}/verdicts";
        var reply = await call.Server.GetAsync($"{path}{question.Query(call.Parse)}", call.Cancel);
        if (call.Json)
        {
            call.Write(reply);
            return;
        }

        var status = reply.Read<StatusAnswer>();
        StatusPage.Write(call.Sheet, agreement, status, await TimelinesAsync(call, agreement, status, question));
    }

    /// <summary>All as known at the position of the status, whatever is recorded meanwhile.</summary>
    private static async Task<Dictionary<string, TimelineAnswer>> TimelinesAsync(
        Call call,
        Agreement agreement,
        StatusAnswer status,
        QuestionOptions question
    )
    {
        var query = question.TimelessQuery(call.Parse, status.Position);
        var timelines = await Task.WhenAll(
            status.Verdicts.Select(answer =>
                call.Server.GetAsync<TimelineAnswer>(
                    $"{KnownAgreements.PathOf(agreement.Id)}/verdicts/{Uri.EscapeDataString(answer.Provision)}/timeline{query}",
                    call.Cancel
                )
            )
        );
        return timelines.ToDictionary(timeline => timeline.Provision);
    }
}
