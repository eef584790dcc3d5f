using System.CommandLine;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Verdicts.Answers;

namespace Ledger.Cli.Questions;

/// <summary><c>ledger why AGREEMENT PROVISION</c></summary>
public static class WhyCommand
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
        return command.OnServer(
            terminal,
            question.Names,
            async context =>
            {
                var read = await context.Server.AgreementAsync(context.Get(agreement), context.Cancel);
                var path = $"{KnownAgreements.PathOf(read.Id)}/verdicts/{Uri.EscapeDataString(context.Get(provision))}";
                var query = question.Query(context.Parse);
                var reply = await context.Server.GetAsync($"{path}/why{query}", context.Cancel);
                if (context.Json)
                    return context.Write(reply);
                var pinned = reply.Read<Pin>().Pinned is { } forEver ? new Uri(context.Server.Address, forEver) : null;
                var why = reply.Read<WhyAnswer>();
                // As known at the same position, whatever is recorded meanwhile.
                var flips = await context.Server.GetAsync<FlipsAnswer>(
                    $"{path}/flips{question.Query(context.Parse, why.Answer)}",
                    context.Cancel
                );
                new ExplanationPage(context.Output, read).Write(why, flips, pinned, context.Get(misses));
                return ExitCode.Done;
            }
        );
    }
}
