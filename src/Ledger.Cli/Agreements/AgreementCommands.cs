using System.CommandLine;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Agreements;

public static class AgreementCommands
{
    public static Command Create(Terminal terminal) =>
        new("agreement", "Check, test, adopt and read agreement files.")
        {
            CheckAgreementCommand.Command(terminal),
            TestAgreementCommand.Command(terminal),
            AdoptAgreementCommand.Adopt(terminal),
            AdoptAgreementCommand.Revise(terminal),
            ListAgreementsCommand.Command(terminal),
            ShowAgreementCommand.Command(terminal),
            People.PeopleCommands.Public(terminal),
        };
}
