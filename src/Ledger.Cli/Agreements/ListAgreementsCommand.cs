using System.CommandLine;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;

namespace Ledger.Cli.Agreements;

/// <summary><c>ledger agreement list</c></summary>
public static class ListAgreementsCommand
{
    public static Command Command(Terminal terminal) =>
        new Command("list", "List the agreements on the server.").OnServer(
            terminal,
            async context =>
            {
                var reply = await context.Server.GetAsync("agreements", context.Cancel);
                if (context.Json)
                    return context.Write(reply);

                var agreements = reply.Read<AgreementsAnswer>().Agreements;
                if (agreements is [])
                    context.Output.Line(
                        "No agreement has been adopted yet. Adopt one with 'ledger agreement adopt FILE'."
                    );
                foreach (var agreement in agreements)
                {
                    context.Output.Line([new StyledText(agreement.Id, Styles.Title), $"  {Title(agreement)}"]);
                    context.Output.Line(
                        $"signed {(agreement.Signed is { } day ? Times.Day(day) : "?")} "
                            + $"{terminal.Symbols.Dot} reading {agreement.Version} {terminal.Symbols.Dot} "
                            + $"{Plural.Of(agreement.Position, "entry", "entries")}",
                        Styles.Faint,
                        indent: 2
                    );
                }

                return ExitCode.Done;
            }
        );

    private static Labels? Title(AgreementLine line) => Labels.Read(new InputNode(line.Title, "", new Problems()));
}
