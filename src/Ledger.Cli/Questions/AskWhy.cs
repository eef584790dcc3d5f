using System.CommandLine;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Verdicts.Answers;

namespace Ledger.Cli.Questions;

/// <summary><c>ledger why AGREEMENT PROVISION</c></summary>
public static class AskWhy
{
    private sealed record Pin(string? Pinned);

    public static Command Command(Terminal terminal)
    {
        var (agreement, provision) = (CommonOptions.Agreement(), CommonOptions.Provision());
        var question = new QuestionOptions();
        var misses = new Option<int>("--near-misses")
        {
            Description = "Maximum number of near misses.",
            HelpName = "NUMBER",
            DefaultValueFactory = _ => 5,
        };
        var command = new Command(
            "why",
            "Explain a verdict: the clause, our reading, the deadline, who says what, and what nearly counted."
        )
        {
            agreement,
            provision,
        };
        question.AddTo(command);
        command.Add(misses);
        return command.Calls(
            terminal,
            question.Names,
            async call =>
            {
                var read = await call.Server.AgreementAsync(call.Get(agreement), call.Cancel);
                var path = $"{KnownAgreements.PathOf(read.Id)}/verdicts/{Uri.EscapeDataString(call.Get(provision))}";
                var query = question.Query(call.Parse);
                var reply = await call.Server.GetAsync($"{path}/why{query}", call.Cancel);
                if (call.Json)
                    return call.Write(reply);
                var pinned = reply.Read<Pin>().Pinned is { } forEver ? new Uri(call.Server.Address, forEver) : null;
                var why = reply.Read<WhyAnswer>();
                // As known at the same position, whatever is recorded meanwhile.
                var flips = await call.Server.GetAsync<FlipsAnswer>(
                    $"{path}/flips{question.Query(call.Parse, why.Answer)}",
                    call.Cancel
                );
                new WhyPage(call.Sheet, read).Write(why, flips, pinned, call.Get(misses));
                return ExitCode.Done;
            }
        );
    }
}
