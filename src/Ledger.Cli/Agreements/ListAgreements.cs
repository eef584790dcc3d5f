using System.CommandLine;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;

namespace Ledger.Cli.Agreements;

/// <summary><c>ledger agreement list</c></summary>
public static class ListAgreements
{
    public static Command Command(Terminal terminal) =>
        new Command("list", "List the agreements on the server.").Calls(
            terminal,
            async call =>
            {
                var reply = await call.Server.GetAsync("agreements", call.Cancel);
                if (call.Json)
                    return call.Write(reply);

                var agreements = reply.Read<AgreementList>().Agreements;
                if (agreements is [])
                    call.Sheet.Line("No agreement has been adopted yet. Adopt one with 'ledger agreement adopt FILE'.");
                foreach (var agreement in agreements)
                {
                    call.Sheet.Line([new Ink(agreement.Id, Styles.Title), $"  {Title(agreement)}"]);
                    call.Sheet.Line(
                        $"signed {(agreement.Signed is { } day ? Times.Day(day) : "?")} "
                            + $"{terminal.Marks.Dot} reading {agreement.Version} {terminal.Marks.Dot} "
                            + $"{Counted.Of(agreement.Position, "entry", "entries")}",
                        Styles.Faint,
                        indent: 2
                    );
                }

                return ExitCode.Done;
            }
        );

    private static Labels? Title(AgreementLine line) => Labels.Read(new InputNode(line.Title, "", new Problems()));
}
