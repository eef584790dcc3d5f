using System.CommandLine;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Agreements;

public static class AgreementCommands
{
    public static Command Create(Terminal terminal) =>
        new("agreement", "Check, test, adopt and read agreement files.")
        {
            CheckAgreement.Command(terminal),
            TestAgreement.Command(terminal),
            AdoptAgreement.Adopt(terminal),
            AdoptAgreement.Revise(terminal),
            ListAgreements.Command(terminal),
            ShowAgreement.Command(terminal),
            People.PeopleCommands.Public(terminal),
        };
}
