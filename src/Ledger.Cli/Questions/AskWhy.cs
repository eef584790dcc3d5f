using System.CommandLine;
using Ledger.Cli.Servers;
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
        var misses = new Option<int>("--near-misses") { Description = "At most so many near misses.", HelpName = "NUMBER", DefaultValueFactory = _ => 5 };
        var command = new Command("why", "Explain a verdict: the clause, our reading, the deadline, who says what, and what nearly counted.") { agreement, provision };
        question.AddTo(command);
        command.Add(misses);
        return command.Calls(terminal, question.Names, async call =>
        {
            var read = await call.Server.AgreementAsync(call.Get(agreement), call.Cancel);
            var reply = await call.Server.GetAsync($"{KnownAgreements.PathOf(read.Id)}/verdicts/{Uri.EscapeDataString(call.Get(provision))}/why{question.Query(call.Parse)}", call.Cancel);
            if (call.Json)
                return call.Write(reply);
            var pinned = reply.Read<Pin>().Pinned is { } path ? new Uri(call.Server.Address, path) : null;
            new WhyPage(call.Sheet, read).Write(reply.Read<WhyAnswer>(), pinned, call.Get(misses));
            return ExitCode.Done;
        });
    }
}
