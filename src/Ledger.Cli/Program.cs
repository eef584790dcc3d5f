return await Ledger.Cli.LedgerCommand.RunAsync(args, Ledger.Cli.Terminals.Terminal.OfThisProcess());
