using System.CommandLine;
using System.Text;
using Ledger.Cli.Servers;

namespace Ledger.Cli.Proofs;

/// <summary><c>ledger key</c></summary>
public static class KeyCommand
{
    public static Command Command(Terminal terminal) =>
        new Command("key", "Print the verifier key of each agreement's log, for a policy or to read out over the telephone.").Calls(terminal, async call =>
        {
            var list = await call.Server.GetAsync<AgreementList>("agreements", call.Cancel);
            foreach (var line in list.Agreements)
            {
                using var log = new LogOnServer(call.Server.Address, line.Id, call.Token);
                var policy = Encoding.UTF8.GetString(await log.ReadAsync("policy", call.Cancel) ?? []);
                foreach (var key in policy.Split('\n').Where(text => text.StartsWith("log ", StringComparison.Ordinal)))
                    terminal.Out.WriteLine(key.Split(' ')[1]);
            }

            return ExitCode.Done;
        });
}
